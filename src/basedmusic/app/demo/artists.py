"""The demo scene's people: twelve invented projects of one invented city, and what they have put out."""

from basedmusic.app.demo.pieces import DemoArtist, DemoRelease, Piece
from basedmusic.catalog.contracts import ReleaseKind
from basedmusic.codec.demo.contracts import Poster

CITY = "Port Meridian"
ALBUM, EP, SINGLE = ReleaseKind.ALBUM, ReleaseKind.EP, ReleaseKind.SINGLE

ARTISTS = (
    DemoArtist(
        "Night Tram Society",
        CITY,
        "Four people who met on the last number 6, all of them asleep past their stop. The bass is recorded in a "
        "flat above the depot, which is why the windows rattle in key. They play from midnight until the first "
        "tram goes, and then everybody helps to carry the loudspeakers.",
        ("house", "techno", "electronic"),
        (
            DemoRelease(
                "Last Tram, First Light",
                ALBUM,
                96,
                Poster("wires", "#1D2B64", "#FF8A5C", 6),
                (
                    Piece("Depot Lights", "house", "house", 11, 116),
                    Piece("Transfer Ticket", "house", "house", 27, 104),
                    Piece("Overhead Line", "techno", "techno", 5, 122),
                    Piece("Window Seat", "electronic", "synth-pop", 8, 94),
                    Piece("All Change", "house", "house", 33, 128),
                ),
            ),
            DemoRelease(
                "Replacement Bus",
                SINGLE,
                5,
                Poster("wires", "#F4C542", "#1D2B64", 2),
                (Piece("Replacement Bus", "house", "house", 40, 98),),
            ),
        ),
    ),
    DemoArtist(
        "Moss Cathedral",
        CITY,
        "One gardener, two tape machines and the old glasshouse behind the tram depot that nobody has the key to "
        "any more. The rain on these recordings is real to her. Best heard lying down.",
        ("ambient", "experimental"),
        (
            DemoRelease(
                "What the Ferns Heard",
                ALBUM,
                140,
                Poster("panes", "#0E5A43", "#F4E04D", 3),
                (
                    Piece("Glasshouse, Rain", "ambient", "ambient", 3, 132),
                    Piece("Spore Calendar", "ambient", "ambient", 19, 118),
                    Piece("The Watering Can Is Full of Stars", "experimental", "ambient", 22, 126),
                    Piece("Nobody Has the Key", "ambient", "ambient", 31, 150),
                ),
            ),
        ),
    ),
    DemoArtist(
        "Broken Umbrella Club",
        CITY,
        "Three chords, two amplifiers, one microphone that still works. They formed in a bus shelter during a "
        "storm and have kept to the line-up: whoever got wet is in the band. Shows are short, loud and over "
        "before the neighbours have found the number.",
        ("punk", "rock"),
        (
            DemoRelease(
                "Weather Permitting",
                EP,
                230,
                Poster("umbrella", "#FF4B2B", "#14110F", 4),
                (
                    Piece("Bus Lane Hero", "punk", "punk", 4, 62),
                    Piece("No Refunds on Tuesdays", "punk", "punk", 16, 64),
                    Piece("Wet Socks Forever", "punk", "punk", 23, 60),
                    Piece("Somebody Else's Coat", "rock", "punk", 38, 72),
                ),
            ),
            DemoRelease(
                "Left Luggage",
                SINGLE,
                19,
                Poster("umbrella", "#F2B5C4", "#5B1239", 9),
                (Piece("Left Luggage", "punk", "punk", 44, 68),),
            ),
        ),
    ),
    DemoArtist(
        "Paper Boat Choir",
        CITY,
        "Guitars, a borrowed fiddle and eleven friends who only hum. They rehearse on the slow ferry because it "
        "is warm and the return is free. Every song is about the harbour; most of them don't say so.",
        ("folk", "indie"),
        (
            DemoRelease(
                "Low Bridges",
                EP,
                175,
                Poster("boats", "#F3E9DA", "#C4300F", 2),
                (
                    Piece("Ferry Waltz That Isn't", "folk", "folk", 2, 92),
                    Piece("Salt on the Railing", "folk", "folk", 14, 86),
                    Piece("Eleven People Humming", "indie", "folk", 51, 98),
                ),
            ),
            DemoRelease(
                "Letters to a Lighthouse",
                SINGLE,
                12,
                Poster("boats", "#5DA9E9", "#14213D", 5),
                (Piece("Letters to a Lighthouse", "folk", "folk", 36, 88),),
            ),
        ),
    ),
    DemoArtist(
        "Low Tide Dubplates",
        CITY,
        "A tape echo, a borrowed bass and all the time between two tides. Run from a shed on the breakwater by "
        "two sisters and their uncle, who mends radios and has opinions about reverb.",
        ("dub", "hip-hop", "reggae"),
        (
            DemoRelease(
                "Mud and Moonlight",
                EP,
                118,
                Poster("moon", "#14110F", "#FBF8F3", 6),
                (
                    Piece("Breakwater Version", "dub", "dub", 6, 124),
                    Piece("Uncle's Opinion", "dub", "dub", 17, 116),
                    Piece("Corner Shop at Four", "hip-hop", "hip-hop", 9, 92),
                ),
            ),
            DemoRelease(
                "Neap",
                SINGLE,
                33,
                Poster("moon", "#F4E04D", "#0E5A43", 3),
                (Piece("Neap", "reggae", "dub", 25, 120),),
            ),
        ),
    ),
    DemoArtist(
        "Signal Box Nine",
        CITY,
        "A retired signalman's levers, wired to drum machines by his granddaughter. He still decides when the "
        "kick may leave the station.",
        ("techno", "electronic"),
        (
            DemoRelease(
                "Points Failure",
                EP,
                61,
                Poster("lamps", "#14110F", "#FF4B2B", 5),
                (
                    Piece("Lever Frame", "techno", "techno", 12, 118),
                    Piece("Due in Four Minutes", "techno", "techno", 21, 110),
                    Piece("The Quiet Platform", "electronic", "techno", 34, 126),
                ),
            ),
        ),
    ),
    DemoArtist(
        "Kiosk Aurora",
        CITY,
        "By day Aurora sells newspapers, umbrellas and one kind of sandwich. By night the kiosk's neon hums in "
        "A minor and she hums back. Songs for walking home the long way.",
        ("pop", "electronic", "indie"),
        (
            DemoRelease(
                "Neon for Beginners",
                EP,
                82,
                Poster("rays", "#5B1239", "#F2B5C4", 4),
                (
                    Piece("Open Until Late", "pop", "synth-pop", 7, 90),
                    Piece("One Kind of Sandwich", "pop", "synth-pop", 18, 84),
                    Piece("Long Way Home", "electronic", "synth-pop", 30, 102),
                ),
            ),
            DemoRelease(
                "Exact Change Only",
                SINGLE,
                2,
                Poster("rays", "#FF8A5C", "#1D2B64", 8),
                (Piece("Exact Change Only", "pop", "synth-pop", 48, 92),),
            ),
        ),
    ),
    DemoArtist(
        "Cellar Stairs Trio",
        CITY,
        "Drums, upright bass and a piano that had to be lowered in through the coal hatch and can never leave. "
        "Thursdays, and whoever brings a horn may sit in. Mind your head.",
        ("jazz", "soul"),
        (
            DemoRelease(
                "Mind Your Head",
                EP,
                47,
                Poster("stairs", "#F4C542", "#14110F", 3),
                (
                    Piece("Coal Hatch", "jazz", "jazz", 10, 106),
                    Piece("Second Landing", "jazz", "jazz", 24, 98),
                    Piece("Thursday, Late", "soul", "jazz", 37, 112),
                ),
            ),
        ),
    ),
    DemoArtist(
        "Quarter Past Rain",
        CITY,
        "Beats made between two deliveries, on a phone, in doorways. The dust on the records is from the "
        "bakery downstairs.",
        ("hip-hop", "soul"),
        (
            DemoRelease(
                "Doorways",
                EP,
                26,
                Poster("windows", "#F4C542", "#14213D", 7),
                (
                    Piece("Third Floor, No Lift", "hip-hop", "hip-hop", 13, 84),
                    Piece("Flour on the Needle", "hip-hop", "hip-hop", 26, 90),
                    Piece("Sign Here", "hip-hop", "hip-hop", 39, 78),
                ),
            ),
        ),
    ),
    DemoArtist(
        "Velvet Breakers",
        CITY,
        "Two lifeguards off season. The breaks are cut from one afternoon of somebody practising in the boathouse; "
        "the bass is the boathouse.",
        ("electronic", "experimental"),
        (
            DemoRelease(
                "Undertow",
                SINGLE,
                54,
                Poster("waves", "#F3E9DA", "#1D2B64", 6),
                (Piece("Undertow", "electronic", "drum-and-bass", 15, 108),),
            ),
            DemoRelease(
                "Red Flag",
                SINGLE,
                8,
                Poster("waves", "#C4300F", "#F3E9DA", 2),
                (Piece("Red Flag", "electronic", "drum-and-bass", 28, 112),),
            ),
        ),
    ),
    DemoArtist(
        "Tin Kettle Sisters",
        CITY,
        "Ada and Wren, who share a guitar, a kitchen and a birthday. They sing when the kettle is on, so the songs "
        "are as long as tea takes.",
        ("folk", "singer-songwriter"),
        (
            DemoRelease(
                "As Long as Tea Takes",
                SINGLE,
                15,
                None,
                (Piece("As Long as Tea Takes", "folk", "folk", 46, 94),),
            ),
        ),
    ),
    DemoArtist(
        "Ballast",
        CITY,
        "What an empty cargo ship sounds like from inside. Recorded with permission, mostly.",
        ("experimental", "ambient"),
        (
            DemoRelease(
                "Hold Four",
                SINGLE,
                40,
                None,
                (Piece("Hold Four", "experimental", "ambient", 43, 176),),
            ),
        ),
    ),
)
