"""Authors in scripts without capitals: a word tells them."""

import pytest

from articlecli.article.east_asian import closing_names
from tests.context import byline_of

CASES = """
zh | 记者 王晓明 | 王晓明
zh | 本报记者 王晓明 李海燕 | 王晓明, 李海燕
zh | 文／陳美玲 | 陳美玲
zh | 文/陈美玲 图/李海燕 | 陈美玲
zh | 作者：王晓明 | 王晓明
zh | 来源：港口日报 作者：王晓明 2025-03-03 | 王晓明
zh | 【记者王晓明／台北報導】 | 王晓明
zh | 記者王曉明／台北報導 | 王曉明
zh | 撰文：陳美玲 | 陳美玲
zh | 港口日报记者 王晓明 通讯员 李海燕 | 王晓明
zh | 来源：港口日报 | -
zh | 责任编辑：王晓明 | 王晓明
ja | 文・山田花子 | 山田花子
ja | 取材・文／山田花子 | 山田花子
ja | 取材・文=山田花子 | 山田花子
ja | 山田花子記者 | 山田花子
ja | 記者 山田花子 | 山田花子
ja | 著者：山田花子さん | 山田花子
ja | 執筆者：山田 花子 | 山田 花子
ja | 編集部 山田花子 | 山田花子
ja | ライター：山田花子 | 山田花子
ja | 編集：山田花子 | 山田花子
ja | 山田花子（港通信） | -
ko | 글 김민수 | 김민수
ko | 글=김민수 | 김민수
ko | 김민수 기자 | 김민수
ko | 김민수 기자 kim@quay.example | 김민수
ko | [항구일보 김민수 기자] | 김민수
ko | (부산=항구뉴스) 김민수 기자 = | 김민수
ko | 김민수·이서연 기자 | 김민수, 이서연
ko | 기자 김민수 | 김민수
ko | 글 : 김민수 | 김민수
ko | 입력 2025.03.03 김민수 기자 | 김민수
ar | بقلم: سمير حداد | سمير حداد
ar | كتب: سمير حداد | سمير حداد
ar | كتبت: ليلى حداد | ليلى حداد
ar | الكاتب سمير حداد | سمير حداد
ar | سمير حداد - بيروت | -
ar | تحرير: سمير حداد | سمير حداد
ar | بيروت – سمير حداد | -
he | מאת: דוד לוי | דוד לוי
he | מאת דוד לוי, 3 במרץ 2025 | דוד לוי
he | כתב: דוד לוי | דוד לוי
th | โดย สมชาย ใจดี | สมชาย ใจดี
th | ผู้เขียน: สมชาย ใจดี | สมชาย ใจดี
th | เขียนโดย สมชาย ใจดี | สมชาย ใจดี
bn | লিখেছেন: রহিম উদ্দিন | রহিম উদ্দিন
bn | লিখেছেন রহিম উদ্দিন | রহিম উদ্দিন
bn | লেখক: রহিম উদ্দিন | রহিম উদ্দিন
bn | প্রতিবেদক: রহিম উদ্দিন | রহিম উদ্দিন
fa | نویسنده: رضا احمدی | رضا احمدی
fa | نوشته رضا احمدی | رضا احمدی
fa | خبرنگار: رضا احمدی | رضا احمدی
fa | گزارش از رضا احمدی | رضا احمدی
ur | تحریر: احمد خان | احمد خان
ur | مصنف: احمد خان | احمد خان
hi | लेखक: राम शर्मा | राम शर्मा
hi | द्वारा राम शर्मा | राम शर्मा
hi | Written By: राम शर्मा | राम शर्मा
mr | लेखक: राम पाटील | राम पाटील
ta | எழுதியவர்: குமார் ராஜன் | குமார் ராஜன்
te | రచయిత: రవి కుమార్ | రవి కుమార్
ml | എഴുതിയത്: രാജൻ നായർ | രാജൻ നായർ
kn | ಲೇಖಕರು: ರವಿ ಕುಮಾರ್ | ರವಿ ಕುಮಾರ್
gu | લેખક: રવિ પટેલ | રવિ પટેલ
pa | ਲੇਖਕ: ਰਵੀ ਸਿੰਘ | ਰਵੀ ਸਿੰਘ
ka | ავტორი: გიორგი ბერიძე | გიორგი ბერიძე
hy | Հեղինակ՝ Արամ Սարգսյան | Արամ Սարգսյան
am | በአበበ ከበደ | -
am | ጸሐፊ: አበበ ከበደ | አበበ ከበደ
km | ដោយ៖ សុខ វណ្ណា | សុខ វណ្ណា
lo | ໂດຍ: ສົມພອນ ໄຊ | ສົມພອນ ໄຊ
ne | लेखक: राम थापा | राम थापा
si | ලේඛක: නිමල් පෙරේරා | නිමල් පෙරේරා
my | ရေးသားသူ - မောင် ဇော် | မောင် ဇော်
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_author_words(case: str) -> None:
    """Language, line, names; "-" where the line tells none. Names are made up for this file."""
    line, names = case.partition(" | ")[2].rsplit(" | ", 1)
    assert (byline_of([line]) or "-") == names


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("起重机修好了。（记者 李明 王晓燕）", "李明, 王晓燕"),
        ("起重机修好了。（港口日报记者 李明）", "李明"),
        ("（李明）", "李明"),
        ("起重机修好了。（李明）", None),
        ("（完）", None),
        ("起重机修好了。（记者 完全没有）", None),
        ("The cranes are repaired.", None),
    ],
)
def test_signature_at_the_end(end: str, names: str | None) -> None:
    """Chinese papers sign in brackets; what else stands in brackets signs nothing."""
    assert closing_names(end) == names


@pytest.mark.parametrize(
    ("meta", "page", "names"),
    [
        (["3 May 2020", "Ridvika Quay"], ["Ridvika Quay is a content writer at Harbour."], "Ridvika Quay"),
        (["3 May 2020", "Ridvika Quay"], ["Ridvika Quay is the largest of all fairs."], None),
        (["3 May 2020", "Ridvika Quay"], [], None),
        (["by Ann Lee, Senior Director, Content & Marketing, Quay and Harbour Institute"], [], "Ann Lee"),
        (["By Ann Lee, AI at Work"], [], "Ann Lee"),
        (["By Ann Lee, MD"], [], "Ann Lee, MD"),
        (["May 3, 2020 · 12 comments"], [], None),
        (["May 3, 2020 · 3 minute read"], [], None),
        (["Posted 3 May 2020, 14:05 harbourcat"], [], "harbourcat"),
    ],
)  # fmt: skip
def test_names_beside_a_date(meta: list[str], page: list[str], names: str | None) -> None:
    """A name without a known given name needs words about its bearer; a count names nobody."""
    assert byline_of(meta, page) == names
