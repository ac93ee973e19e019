"""What whole documents of very different publishers say of themselves: kind, number, issuer, authors, dates.

tests/publishers holds them: a judgment, a standard, a red-headed notice, a decree, a page that was put online years later …
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.model import DocumentKind
from pipeline.read import read
from tests.test_read_repair import check_offsets

FOLDER = Path(__file__).parent / "publishers"


class Told(NamedTuple):
    """What a document tells, as in model.Document."""

    kind: DocumentKind
    number: str | None = None
    issuer: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    written: str | None = None
    effective: str | None = None
    published_in: str | None = None


EXPECTED = {
    "agency-news.txt": Told("news", authors=("孟某", "祝某某"), date="2024-09-06", published_in="新华社"),
    "amended-law.txt": Told(
        "regulation", issuer="临澜省第十三届人民代表大会常务委员会", date="2022-11-25", effective="2023-02-02"
    ),
    "annual-report.txt": Told("report", issuer="云渡港股份有限公司董事会", date="2024-04-26", written="2024-04-26"),
    "arbitration.txt": Told(
        "other", number="云劳人仲案字〔2023〕第88号", issuer="云渡市劳动人事争议仲裁委员会", date="2023-04-03"
    ),
    "blob.txt": Told("measures", number="云政发〔2021〕19号", issuer="云渡市人民政府", date="2021-08-19", written="2021-08-19"),
    "brief.txt": Told("news"),
    "broker.txt": Told("report", issuer="澜海证券研究所", date="2024-03-12"),
    "budget.txt": Told("report", issuer="云渡市财政局", date="2024-01-10"),
    "central-plan.txt": Told("plan", issuer="中共临澜省委 临澜省人民政府", date="2022-05-18"),
    "central.txt": Told("measures", issuer="中共临澜省委 临澜省人民政府", date="2024-03-20"),
    "commentary.txt": Told("article", authors=("柯某某",)),
    "communique.txt": Told("report", issuer="云渡市统计局、国家统计局云渡调查队", date="2024-03-22", written="2024-03-22"),
    "congress-decision.txt": Told("measures", issuer="云渡市人民代表大会常务委员会", date="2023-10-27", effective="2023-10-27"),
    "contract.txt": Told("other", number="YD-2024-018", date="2024-04-18"),
    "county-page.txt": Told(
        "measures", issuer="沅澧县农业农村局", date="2023-04-08", written="2023-04-08", published_in="县农业农村局"
    ),
    "decree.txt": Told(
        "regulation",
        number="云渡市人民政府令第58号",
        issuer="云渡市人民政府",
        authors=("骆某某",),
        date="2022-10-20",
        written="2022-10-20",
        effective="2022-12-01",
    ),
    "editorial.txt": Told("article"),
    "emergency.txt": Told("plan", number="云应急[2021]7号", issuer="云渡市应急管理局", date="2021-04-30", written="2021-04-30"),
    "encyclo-md.md": Told("other"),
    "encyclopedia.txt": Told("other"),
    "exec-meeting.txt": Told("news", date="2024-06-04"),
    "feature.txt": Told("news"),
    "half-width.txt": Told(
        "regulation",
        number="云海发(2022)33号",
        issuer="云渡市海洋局",
        date="2022-08-09",
        written="2022-08-09",
        effective="2022-10-01",
    ),
    "han-decree.txt": Told(
        "regulation",
        number="临澜省人民政府令第三〇二号",
        issuer="临澜省人民政府",
        authors=("贺某某",),
        date="2023-06-01",
        written="2023-06-01",
        effective="2023-08-01",
    ),
    "han-ocr.txt": Told("measures", number="云水发〔2023〕41号", issuer="云渡市水利局", date="2023-06-01", written="2023-06-01"),
    "history.txt": Told("article"),
    "hospital-guide.txt": Told("other"),
    "industry-white.txt": Told("report", issuer="临澜信息通信研究院", date="2023-11", written="2023-11"),
    "interpretation-court.txt": Told(
        "regulation", number="法释〔2022〕33号", issuer="最高人民法院", date="2021-12-06", effective="2022-03-01"
    ),
    "interpretation.txt": Told("article", date="2024-01-12", published_in="云渡市数据局"),
    "joint-columns.txt": Told(
        "regulation",
        number="临人社规〔2022〕11号",
        issuer="临澜省人力资源和社会保障厅、临澜省财政厅、临澜省交通运输厅",
        date="2022-09-01",
        written="2022-09-01",
        effective="2022-10-01",
    ),
    "joint-ocr.md": Told(
        "regulation",
        number="临发改能源〔2023〕456号",
        issuer="临澜省发展和改革委员会、临澜省财政厅、临澜省能源局",
        date="2023-07-19",
        written="2023-07-19",
        effective="2023-09-01",
    ),
    "joint-statement.txt": Told("other", date="2024-05-09"),
    "journal.txt": Told("paper", authors=("贺某某", "窦某某"), date="2023-04"),
    "judgment.txt": Told("other", number="（2023）临01民终1234号", issuer="云渡市中级人民法院", date="2023-09-12"),
    "law-db.txt": Told(
        "regulation", number="云渡市人民政府令第41号", issuer="云渡市人民政府", date="2018-11-02", effective="2019-01-01"
    ),
    "leader-speech.txt": Told("article", authors=("滕某某",), date="2022-09-20"),
    "meeting-notice-han.txt": Told(
        "measures", number="云政办函〔2023〕9号", issuer="云渡市人民政府办公室", date="2023-02-06", written="2023-02-06"
    ),
    "ministry.txt": Told(
        "measures", number="交办水函〔2023〕118号", issuer="交通运输部办公厅", date="2023-03-02", written="2023-03-02"
    ),
    "minutes.txt": Told("other", number="〔2024〕12号", issuer="云渡市人民政府办公室", date="2024-02-26", written="2024-02-26"),
    "national-standard.txt": Told(
        "other",
        number="GB/T 49999—2021",
        issuer="国家市场监督管理总局、国家标准化管理委员会",
        date="2021-10-11",
        effective="2022-05-01",
    ),
    "news-blank.txt": Told("news", authors=("晏某",), date="2025-02-11"),
    "notice-number.txt": Told(
        "measures",
        number="国家税务总局临澜省税务局公告2024年第3号",
        issuer="国家税务总局临澜省税务局",
        date="2024-03-12",
        written="2024-03-12",
        effective="2024-04-01",
    ),
    "page-later.txt": Told(
        "measures", number="云政办〔2009〕21号", issuer="云渡市人民政府办公厅", date="2009-03-16", written="2009-03-16"
    ),
    "paper-en.txt": Told("paper", authors=("宁某", "符某某", "柏某")),
    "paper-ocr.md": Told("paper", authors=("裴某", "鲍某某", "左某"), date="2022-11-08"),
    "paper-page.txt": Told("news", authors=("池某某", "樊某"), date="2024-05-06"),
    "penalty.txt": Told(
        "other", number="云海事罚字〔2023〕第0107号", issuer="云渡海事局", date="2023-06-21", written="2023-06-21"
    ),
    "personnel.txt": Told("other", number="云政任〔2024〕3号", issuer="云渡市人民政府", date="2024-03-01", written="2024-03-01"),
    "plan-cover.txt": Told("plan", issuer="云渡市发展和改革委员会", date="2021-12", written="2021-12"),
    "plenum.txt": Told("report", issuer="中国共产党临澜省第十二届委员会", date="2024-07-26"),
    "press-conf.txt": Told("article"),
    "press-release.txt": Told("news", authors=("樊某", "苏某某")),
    "proposal.txt": Told("plan", issuer="中共云渡市委", date="2025-12-05"),
    "qa.txt": Told("article", issuer="云渡市发展改革委", date="2024-07-03"),
    "red-head.txt": Told(
        "measures", number="云政发〔2024〕12号", issuer="云渡市人民政府", date="2024-03-08", written="2024-03-08"
    ),
    "reply-npc.txt": Told("other", issuer="临澜省交通运输厅", date="2022-07-08", written="2022-07-08"),
    "reply.txt": Told("other", number="云交提复〔2024〕15号", issuer="云渡市交通运输局", date="2024-06-20", written="2024-06-20"),
    "research-author.txt": Told("article", authors=("窦某某",)),
    "signed-article.txt": Told("article", authors=("宁某某",), published_in="《求是》2023/18"),
    "speech.txt": Told("article", issuer="中共云渡市委", authors=("滕某某",), date="2024-02-18"),
    "standard.txt": Told(
        "other", number="DB99/T 1234—2023", issuer="临澜省市场监督管理局", date="2023-08-15", effective="2023-11-15"
    ),
    "stock-research-news.txt": Told("news", authors=("池某", "孟某"), published_in="中新社"),
    "summary.txt": Told("report", issuer="云渡市港务局", date="2023-12-28", written="2023-12-28"),
    "survey-report.txt": Told("report", issuer="云渡市统计局", date="2024-08-15", written="2024-08-15"),
    "syllabus.txt": Told("other"),
    "tender.txt": Told("other", number="YDCG-2024-0312", issuer="云渡市第二人民医院", date="2024-03-12"),
    "terms.txt": Told("other", date="2024-02-01", effective="2024-02-08"),
    "textbook.md": Told("other"),
    "thesis.txt": Told("paper", issuer="临澜大学", authors=("宓某某",), date="2022-05"),
    "think-tank.txt": Told("report", issuer="临澜省宏观经济研究院", authors=("辛某某",), date="2024-04"),
    "tool-marks.md": Told("plan", number="云港公告〔2024〕第2号", issuer="云渡市港务局", date="2024-01-03", written="2024-01-03"),
    "treaty-law.txt": Told(
        "regulation",
        number="主席令第八十七号",
        issuer="第十三届全国人民代表大会常务委员会",
        authors=("贺某某",),
        date="2021-12-24",
        written="2021-12-24",
        effective="2022-06-01",
    ),
    "two-forms.txt": Told(
        "regulation",
        number="云自然资规〔2023〕6号",
        issuer="云渡市自然资源和规划局 云渡市住房和城乡建设局",
        date="2023-11-20",
        effective="2024-01-01",
    ),
    "untitled-plan.txt": Told("plan"),
    "wechat-policy.txt": Told("measures", issuer="云渡市商务局", date="2024-05-20", written="2024-05-20"),
    "wechat.txt": Told("article", authors=("池某某",), date="2024-03-12"),
    "white-paper.txt": Told("report", issuer="临澜省人民政府新闻办公室", date="2024-05"),
    "wire-two-reporters.txt": Told("news", authors=("池某某", "孟某"), published_in="新华社"),
    "work-report.txt": Told("report", issuer="云渡市人民政府", authors=("匡某某",), date="2024-01-18"),
    "xinhua-policy.txt": Told(
        "measures", issuer="中共临澜省委办公厅 临澜省人民政府办公厅", date="2024-03-06", published_in="临澜日报"
    ),
}


def test_every_document_is_expected() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(EXPECTED)
    assert len(EXPECTED) == 81


@pytest.mark.parametrize("name", [*EXPECTED])
def test_a_document_tells(name: str) -> None:
    document = read(FOLDER / name, FOLDER)
    check_offsets(document)
    assert Told(*(getattr(document, field) for field in Told._fields)) == EXPECTED[name]
