"""A recipe id names bytes for ever: it changes with whatever could change them, and with nothing else."""

import dataclasses

from basedmusic.codec.recipes import RENDITIONS, Recipe, encoder_build, find_rendition, recipe_for

SHA = bytes(range(32))
RECIPE = Recipe(RENDITIONS["aac128"], SHA, "av-18.1.0")


def test_the_same_recipe_has_the_same_id_in_every_process() -> None:
    assert RECIPE.id == "1d467c644863366a"


def test_whatever_could_change_a_byte_changes_the_id() -> None:
    others = [
        dataclasses.replace(RECIPE, source_sha256=bytes(32)),
        dataclasses.replace(RECIPE, build="av-19.0.0"),
        dataclasses.replace(RECIPE, rendition=RENDITIONS["aac256"]),
        dataclasses.replace(RECIPE, rendition=dataclasses.replace(RENDITIONS["aac128"], coder="twoloop")),
    ]
    assert len({RECIPE.id, *(other.id for other in others)}) == 5


def test_ids_are_short_and_safe_in_urls() -> None:
    assert len(RECIPE.id) == 16 and RECIPE.id.isalnum()


def test_this_installation_names_its_encoder() -> None:
    assert encoder_build().startswith("av-")
    assert recipe_for(RENDITIONS["aac256"], SHA).build == encoder_build()


def test_renditions_are_found_by_codec_and_rate() -> None:
    assert find_rendition("aac", 256_000) is RENDITIONS["aac256"]
    assert find_rendition("aac", 1) is None
