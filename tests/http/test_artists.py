"""Artists over HTTP."""

from tests.support.server import Person, Site


def test_an_artist_is_found_by_id_and_by_slug(site: Site, band: Person):
    by_id = site.client().get(f"/api/v1/artists/{band.artist_id}")
    assert by_id.status_code == 200
    by_slug = site.client().get(f"/api/v1/artists/{by_id.json()['slug']}")
    assert by_slug.json() == by_id.json()
