"""Text as it really comes: each kind in several languages and forms."""

import pytest

from articlecli import InputError, extract
from articlecli.blocks.from_text import text_blocks
from articlecli.text.characters import place_of, shown
from articlecli.text.lines import line_spans
from articlecli.text.words import count_words
from articlecli.zone import Zone


def blocks_of(page: str) -> list[tuple[str | None, str]]:
    return [(b.kind, b.text) for b in text_blocks(page, line_spans(page))]


SHORT_PAGES = {
    "ja": ("港の灯台、百年ぶりに修理へ", "町の南にある古い灯台が、来月から百年ぶりに修理されることになった。",
           "工事の間は小さな船だけが入り江を使えると、役場の担当者は話している。"),
    "ko": ("등대 백 년 만에 고친다", "마을 남쪽의 오래된 등대가 다음 달부터 백 년 만에 수리에 들어간다고 군청이 밝혔다.",
           "공사가 끝날 때까지 작은 배들만 항구에 들어올 수 있으며 어민들은 손해를 걱정하고 있다."),
    "th": ("ประภาคารเก่าจะได้รับการซ่อมแซม",
           "ประภาคารเก่าทางใต้ของเมืองจะได้รับการซ่อมแซมตั้งแต่เดือนหน้าเป็นครั้งแรกในรอบร้อยปี",
           "ระหว่างการซ่อมแซมเรือเล็กเท่านั้นที่เข้าท่าได้และชาวประมงกังวลว่าจะเสียรายได้"),
    "lo": ("ປະພາຄານເກົ່າຈະໄດ້ຮັບການສ້ອມແປງ",
           "ປະພາຄານເກົ່າທາງໃຕ້ຂອງເມືອງຈະໄດ້ຮັບການສ້ອມແປງຕັ້ງແຕ່ເດືອນໜ້າເປັນຄັ້ງທຳອິດໃນຮອບຮ້ອຍປີ",
           "ລະຫວ່າງການສ້ອມແປງມີແຕ່ເຮືອນ້ອຍເທົ່ານັ້ນທີ່ເຂົ້າທ່າໄດ້ແລະຊາວປະມົງກັງວົນວ່າຈະເສຍລາຍໄດ້"),
    "hi": ("सौ साल बाद पुराने प्रकाशस्तंभ की मरम्मत होगी",
           "शहर के दक्षिण में खड़े पुराने प्रकाशस्तंभ की मरम्मत अगले महीने से शुरू होगी, परिषद ने बताया।",
           "काम के दौरान केवल छोटी नावें ही बंदरगाह में आ सकेंगी और मछुआरों को नुकसान का डर है।"),
    "ar": ("ترميم المنارة القديمة بعد مئة عام",
           "أعلنت البلدية يوم الاثنين أن المنارة القديمة في جنوب المدينة ستخضع للترميم ابتداء من الشهر المقبل.",
           "وخلال الأعمال لن يسمح بدخول الميناء إلا للقوارب الصغيرة ويخشى الصيادون أن يخسروا الموسم."),
    "he": ("המגדלור הישן ישופץ אחרי מאה שנה",
           "המגדלור הישן בדרום העיר ישופץ החל מהחודש הבא בפעם הראשונה זה מאה שנה, הודיעה העירייה.",
           "בזמן העבודות רק סירות קטנות יוכלו להיכנס לנמל, והדייגים חוששים שיפסידו את הקיץ."),
}  # fmt: skip


@pytest.mark.parametrize("language", SHORT_PAGES)
def test_a_headline_and_two_paragraphs_are_a_story(language: str) -> None:
    """In any script, with direction marks about the lines and without."""
    title, first, second = SHORT_PAGES[language]
    for page in (
        f"{title}\n\n{first}\n\n{second}\n",
        "\n\n".join(f"\u202b{line}\u202c" for line in (title, first, second)),
    ):
        article = extract(page)
        assert article.status == "ok"
        assert article.title == title
        assert article.text == f"{first}\n\n{second}"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("the harbour opens again", 4, 4),
        ("Hafen- und Werftbetriebe", 3, 3),
        ("港の灯台が修理される", 4, 6),
        ("旧灯塔下月开始修缮", 4, 6),
        ("ประภาคารเก่าทางใต้ของเมือง", 4, 8),
        ("រដ្ឋសភាបានបោះឆ្នោត", 3, 6),
        ("마을 남쪽의 오래된 등대", 4, 4),
        ("Python入門", 2, 3),
        ("", 0, 0),
    ],
)
def test_words_of_any_script(text: str, least: int, most: int) -> None:
    """Scripts without spaces have about as many words as the same text elsewhere."""
    assert least <= count_words(text) <= most


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("fish\u200bmarket", "fishmarket"),
        ("\u2067שלום\u2069", "שלום"),
        ("می\u200cشود", "می\u200cشود"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("Ha\u00adfen\u200d", "Hafen"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("Smith &amp; Sons &#39;quay&#x27; &amp;#39;", "Smith & Sons 'quay' '"),
        ("AT&T; R&D", "AT&T; R&D"),
    ],
)
def test_only_what_is_seen(raw: str, seen: str) -> None:
    """Entities and colours go, joiners stay where they belong to the word."""
    assert shown(raw) == seen
    assert place_of(raw, len(seen.replace(" ", ""))) <= len(raw)


def test_invisible_characters_of_html() -> None:
    """The words of a page of HTML have none either."""
    page = "<article><h1>The old fish\u200b market</h1><p>" + "The har\u00adbour\u2060 opens. " * 9
    assert "The harbour opens." in extract(page).text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "The old lighthouse is re-|paired from next month on, and the fisher-|men fear their sum-|mer.",
            "repaired from next month on, and the fishermen fear their summer.",
        ),
        (
            "Der alte Turm wird repa-|riert, und die Fischer- und Ausflugsboo-|te dürfen nicht in den Ha-|fen.",
            "repariert, und die Fischer- und Ausflugsboote dürfen nicht in den Hafen.",
        ),
        (
            "Le vieux phare sera ré-|paré, dit-|il, et les pê-|cheurs attendent la fin des tra-|vaux.",
            "réparé, dit-il, et les pêcheurs attendent la fin des travaux.",
        ),
        (
            "The coastguard knows the well-|known rocks and the small bay behind them very well today.",
            "the well-known rocks",
        ),
    ],
)
def test_hyphens_at_line_ends(page: str, expected: str) -> None:
    """A word that was cut is whole again; a hyphen of the word's own stays."""
    assert expected in " ".join(text for _, text in blocks_of(page.replace("|", "\n")))


ONE_LINE = {
    "en": ("Home News Sport Contact Old lighthouse to be repaired By Ann Lee 3 May 2023 The town said on "
           "Monday that the old lighthouse in the south will be repaired from next month. Only small "
           "boats may enter the harbour until the work is done. The fishermen fear that they will lose "
           "the whole summer and ask the state for help, which has not answered yet. Related articles "
           "The post office closes Privacy policy © 2023 The Quay Herald. All rights reserved."),
    "fr": ("Accueil Actualités Sport Contact Le vieux phare sera réparé Par Luc Morel 3 mai 2023 La mairie "
           "a annoncé lundi que le vieux phare du sud serait réparé à partir du mois prochain. Pendant "
           "les travaux, seuls les petits bateaux pourront entrer dans le port. Les pêcheurs craignent de "
           "perdre toute la saison d'été et demandent une aide. À lire aussi La poste ferme en juin "
           "Mentions légales © 2023 Le Courrier du Port. Tous droits réservés."),
}  # fmt: skip


@pytest.mark.parametrize("language", ONE_LINE)
def test_a_page_of_one_line(language: str) -> None:
    """Menus go off both ends, the sentences are one paragraph, and the spans tell where it stands."""
    page = ONE_LINE[language]
    article = extract(page)
    assert article.status == "ok"
    assert article.published == "2023-05-03"
    (part,) = article.body
    assert len(article.body) == 1
    assert part.text.count(". ") == 2
    assert "©" not in article.text
    assert " ".join(page[a:b] for a, b in part.spans) == part.text


def test_sheets_of_print() -> None:
    """Running heads and sheet numbers go, and the sentence that they cut is one again."""
    page = (
        "Hamnbladet                              4\n\nDen gamla fyren lagas\n\n"
        "Kommunen meddelade att den gamla fyren i stadens\nsödra del ska lagas från nästa månad, och att\n"
        "båtarna får vänta medan arbetet pågår. Bara de\n\n4\n\x0cHamnbladet                              5\n\n"
        "små båtarna får gå in i hamnen, och fiskarna är\nrädda för att förlora hela sommaren.\n"
    )
    article = extract(page)
    (part,) = article.body
    assert "Bara de små båtarna får gå in" in part.text
    assert "Hamnbladet" not in article.text
    assert part.lines == ((5, 7), (12, 13))


POEM = (
    "O farol velho da praia\nJá não quer iluminar,\nDiz que a luz está cansada\nDe olhar para o mar.\n\n"
    "E os barcos que vêm de noite,\nSem saber onde parar,\nBatem todos na mesma pedra\nE ficam a sonhar.\n"
)


def test_verse_keeps_its_lines() -> None:
    """No line of a poem runs into the next."""
    assert [text for _, text in blocks_of(POEM)] == [line for line in POEM.splitlines() if line]


def test_code_keeps_its_indent() -> None:
    """A listing between paragraphs is one block; sums of money and prose are none."""
    page = (
        "First load the boats:\nimport quay\n\nfor boat in quay.boats():\n    if boat.long:\n"
        "        print(boat.name)\nThen pay $ 40 at the quay, if you can (and only then).\n$ 3.50\n"
    )
    assert blocks_of(page) == [
        (None, "First load the boats:"),
        (
            "code",
            "import quay\n\nfor boat in quay.boats():\n    if boat.long:\n        print(boat.name)",
        ),
        (None, "Then pay $ 40 at the quay, if you can (and only then)."),
        (None, "$ 3.50"),
    ]


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("Tratta\nDurata\nPrezzo\nPorto vecchio\n25 min\n4,50 €\nPorto nuovo\n40 min\n6,00 €\n", 3),
        ("Basin\nDepth\nEast\n7 m\nWest\n9.5 m\nNorth\n3 m", 4),
        ("Day\tHigh\nMonday\t3 m\nTuesday\t4 m", 3),
        ("Posts\n12\nForum\n768\nBoats\n88\nSails\n142", 0),
        ("Joined\nNov 4, 2011\nMessages\n65,334\nScore\n12", 0),
    ],
)
def test_tables_of_text(page: str, rows: int) -> None:
    """By tabs or a cell a line; counts beside a menu's words are no table."""
    found = blocks_of(page)
    assert sum(kind == "table" for kind, _ in found) == rows
    assert not rows or len(found) == rows


def test_numbered_lines_are_items() -> None:
    """Lines numbered one after another, not a lone "1." and no year."""
    page = "Rules\n1. Hold the rail.\n2. Leave the dog.\n\nIn short:\n7. nothing\n"
    assert [kind for kind, _ in blocks_of(page)] == [None, "list_item", "list_item", None, None]


def test_questions_with_short_answers() -> None:
    """Answers of one word are in the story, and so is all behind them."""
    page = (
        "Inicio\nContacto\nPreguntas sobre las obras del faro\nEl ayuntamiento responde a las dudas más "
        "frecuentes de los vecinos sobre la reparación del viejo faro del sur.\n¿Cuándo empiezan las "
        "obras?\nEl primero de junio, si el tiempo lo permite y llegan las piedras.\n¿Cuánto duran?\n"
        "Cinco meses.\n¿Se puede visitar el faro?\nNo.\n¿Y después?\nSí, cada domingo por la mañana, con "
        "un guía que contará la historia del faro.\nAviso legal\n© 2023 El Puerto\n"
    )
    text = extract(page).text
    assert "\n\nNo.\n\n" in text
    assert text.endswith("la historia del faro.")


def test_live_report() -> None:
    """Entries under times are the story where the headline says so."""
    page = (
        "码头会议文字直播\n记者今天全天在会议现场为您带来最新消息，会议讨论旧灯塔的修缮费用由谁来承担的问题。\n"
        "10:42\n决定推迟\n主席宣布表决推迟到下午举行，因为三位委员的船被大风困在了对岸的小岛上面。\n"
        "10:15\n渔民发言\n渔民代表要求市政府在施工期间给予补偿，并希望新码头能够在秋天之前完工使用。\n"
        "09:50\n会议开始\n各位读者早上好，会议刚刚开始，大厅里坐满了人，窗外还能看到正在下雨的港口。\n"
    )
    article = extract(page)
    assert not article.teasers
    assert (
        article.text.index("主席宣布") < article.text.index("渔民代表") < article.text.index("各位")
    )


MAIL = (
    "From: Jan Kot <jan@port.example>\nTo: Ewa <ewa@port.example>\nSubject: The old lighthouse\n"
    "Date: Wed, 3 May 2023 09:12:00 +0200\n\nDear Ewa,\n\nwe went to see the lighthouse on Sunday, and the "
    "keeper told us of his work for two hours.\n\n> Did you see the old lamp,\n> which he keeps below?\n\n"
    "We did, and he let us light it, though a computer steers the light now.\n"
)


def test_mail() -> None:
    """Header lines are title, author and date; quoted lines are a quote."""
    article = extract(MAIL)
    assert (article.title, article.byline, article.published) == (
        "The old lighthouse",
        "Jan Kot",
        "2023-05-03",
    )
    assert [p.text for p in article.body if p.kind == "quote"] == [
        "Did you see the old lamp, which he keeps below?"
    ]
    assert article.zones[1] is Zone.BOILERPLATE


def test_arrows_of_a_menu_are_no_quotes() -> None:
    """Lists have `>` in front of their entries too."""
    assert [kind for kind, _ in blocks_of("> News\n> Sport\n> Letters to the editor")] == [None] * 3


def test_line_ends_written_as_letters() -> None:
    """A page from a log or a table has its lines back."""
    page = (
        r"The lighthouse will be repaired\nBy Ann Lee\n\nThe town said on Monday that the old lighthouse "
        r"will be repaired from next month.\n\nOnly small boats may enter the harbour until then, and the "
        r"fishermen fear for their summer.\n"
    )
    article = extract(page)
    assert article.title == "The lighthouse will be repaired"
    assert len(article.body) == 2
    assert "\\n" not in article.text


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("id,title,price\n1,Lamp,4.50\n2,Rope,3.20\n3,Anchor,99\n4,Map,7\n", "values separated by commas"),
        ("\n".join(f"2024-03-12 10:0{i}:11 INFO quay: request {i} served" for i in range(9)), "a log"),
    ],
)  # fmt: skip
def test_data_is_no_story(page: str, reason: str) -> None:
    """A log or a table of values is told apart and says so."""
    article = extract(page)
    assert article.status == "no_article"
    assert article.reason
    assert article.reason.startswith(reason)


def test_rtf_is_refused() -> None:
    """RTF is no text."""
    with pytest.raises(InputError, match="RTF"):
        extract(rb"{\rtf1\ansi The lighthouse will be repaired.\par}")
