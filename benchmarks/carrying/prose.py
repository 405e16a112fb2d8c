"""News-like prose out of thin air: invented names, numbers, quotations, lists, captions, headings, several scripts.

Two banks of subjects are kept apart: thresholds were looked at on `dev` alone, `held-out` has other subjects, other
sentence shapes and other seeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from rapidfuzz import fuzz, process

ATTEMPTS, TOO_LIKE = 20, 65
FIRST = "Ann Bela Cem Dora Emil Fenja Goran Hedda Ivo Jule Karim Lotte Milan Nora Osei Petra Quin Rosa Samir Tove".split()
LAST = "Abara Brandt Corrie Dunmore Ekdal Farrow Gehring Holloway Ibarra Jansson Kessler Lindell Moreau Novak Okafor".split()
PLACES = "Ashlow Brenning Calder Dunmarrow Eastmere Fenwick Garrow Hollin Ironbridge Kestrel Lowmoor Marden".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
OTHER_WORDS = (
    "quietly,at length,roughly half,a handful of,on paper,in private,by post,grudgingly,older,cheaper,disused,temporary,"
    "a spare,so-called,locally owned,unfinished,reportedly,almost,barely,twice weekly,overnight,far too late,jointly,in "
    "draft,leaked,redacted,handwritten,provisional,emergency,part of,the bulk of,none of,widely,briefly,for now,instead,"
    "once again,without warning,in writing,by phone,northern,coastal,rural,inland,wooden,steel,leaking,flooded,patched"
).split(",")
NUMBERS = "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty".split()


@dataclass(frozen=True, slots=True)
class Bank:
    """What sentences of one bank are made of."""

    actors: Sequence[str]
    things: Sequence[str]
    acts: Sequence[str]
    tails: Sequence[str]
    openings: Sequence[str]
    sayings: Sequence[str]
    shapes: Sequence[str]


DEV = Bank(
    "the council,the water company,a hospital board,the regulator,the contractor,the fire service,the ministry,"
    "a group of residents,the opposition,the harbour office,two former engineers,the auditors".split(","),
    "the new filter hall,a report on nitrate levels,the budget for road repairs,the old market building,the night bus "
    "service,a contract for street lighting,the east bridge,a list of failed samples,the flood wall,three of the pumps,"
    "plans for a second depot,the annual accounts".split(","),
    "approved,rejected,postponed,published,sold,inspected,withdrew,paid for,defended,closed,reopened,promised".split(","),
    "after a long debate,without giving a reason,despite earlier warnings,in the spring,within a year,at a cost of "
    "{number} million pounds,for the {nth} time,before the deadline,according to minutes of the meeting,while the "
    "inquiry was still open,because the money had run out,with the support of {person}".split(","),
    "On {day},Last {month},A year later,In a letter to {person},Two weeks after the vote,Since then,By contrast".split(","),
    "We did what the law asked of us|Nobody told us the samples had failed|There was never any danger to the public|"
    "I objected twice and was ignored|It will be ready by {month}|We are still waiting for an answer from {place}|"
    "The figures speak for themselves|You cannot run a town like that".split("|"),
    "{Actor} {act} {thing} {tail}.|{opening}, {actor} {act} {thing}, and {actor2} {act2} {thing2}.|“{saying},” said "
    "{person}, who speaks for {actor}.|{Actor}, based in {place}, {act} {thing} in {month} {year}.|{person} said that "
    "{actor} had {act} {thing} {tail}.|Of {count} samples taken in {place}, {small} were above the limit, {actor} "
    "found.|“{saying}.”|More than {count} people in {place} signed a petition against {thing}.|{Actor} denied it.|"
    "The cost rose from {number} to {number2} million pounds between {year} and {year2}.|{person}, {small}, lives next "
    "to {thing}; she says {actor} never asked her.|But {actor} {act} {thing} {tail}, {person} said.|Asked about "
    "{thing}, {actor} did not reply.|“{saying},” {person} wrote on {day}. “{saying2}.”".split("|"),
)
HELD_OUT = Bank(
    "the court,the prosecutor,a shipping line,the school inspectorate,the farmers’ union,a jury of nine,the museum,"
    "the defence,the port authority,several parents,the head teacher,an appeal panel".split(","),
    "the cargo manifest,a dairy outside {place},the charge of fraud,the timetable for exams,an unsigned letter,the "
    "container terminal,evidence from the second witness,the price of feed,the painting’s provenance,a fleet of "
    "{number} ferries,the reading scheme,the verdict".split(","),
    "examined,dismissed,challenged,seized,restored,auctioned,questioned,delayed,accepted,dropped,praised,recorded".split(","),
    "in a hearing that lasted {number} hours,to the surprise of {person},under a rule from {year},more than once,"
    "although {person} had asked for time,as first reported here,and gave no date,on the advice of counsel,at the "
    "end of the season,with {count} votes to {small},in front of a full gallery,when the storm had passed".split(","),
    "Earlier this {month},At dawn on {day},Under oath,For {number} years,Outside {place},That same evening,"
    "According to the file".split(","),
    "My client has nothing to hide|The ship was never in {place}|Prices like these will finish us|The children deserve "
    "better than this|I signed what I was given|Ask {person}; it was not my decision|It took {number} men to lift it|"
    "That is simply not what happened".split("|"),
    "{opening} {actor} {act} {thing} {tail}.|{Actor} {act} {thing}.|{person} told {actor}: “{saying}.”|When {actor} "
    "{act} {thing}, {person} was in {place}.|Records show that {actor} {act} {thing} on {small} {month} {year}, "
    "{number} days before {actor2} {act2} it.|“{saying}? {saying2},” {person} asked.|Neither {actor} nor {actor2} would "
    "comment.|In {place} alone, {count} families lost money.|Dr. {person} put the number at {count}, not {count2}.|"
    "{Actor} says it {act} {thing} {tail} (see box).|Why {actor} {act} {thing} {tail} is still unclear.|Not everyone "
    "agrees: {person}, of {place}, {act} {thing} — and {act2} {thing2}.|He was {small}.|{saying}, {person} insisted "
    "{tail}.".split("|"),
)
BANKS = {"dev": DEV, "held-out": HELD_OUT}

SCRIPTS = {
    "ar": "قال المجلس إن الجسر سيغلق ستة أسابيع|رفضت الشركة التعليق على التقرير|نشرت الصحيفة أرقاما جديدة عن المياه|"
    "طلب السكان لقاء مع الوزير|وافقت اللجنة على الميزانية بعد نقاش طويل|لم يحدد المتحدث موعدا للبدء",
    "he": "המועצה אישרה את התקציב לאחר דיון ארוך|החברה סירבה להגיב על הדוח|התושבים ביקשו פגישה עם השר|הגשר ייסגר "
    "לשישה שבועות|העיתון פרסם נתונים חדשים על המים",
    "zh": "市议会周二批准了新的预算|公司拒绝对报告发表评论|居民要求与部长会面|大桥将关闭六个星期|报纸公布了有关水质的新数据|发言人没有说明开工日期|"
    "专家认为费用太高",
    "th": "สภาเมืองอนุมัติงบประมาณใหม่|บริษัทปฏิเสธที่จะแสดงความเห็น|ชาวบ้านขอพบรัฐมนตรี|สะพานจะปิดหกสัปดาห์",
    "hi": "परिषद ने नया बजट पारित किया|कंपनी ने रिपोर्ट पर टिप्पणी नहीं की|निवासियों ने मंत्री से मिलने को कहा|पुल छह सप्ताह बंद रहेगा",
}
UNSPACED = ("zh", "th")
EMOJI = ["👩‍🚒", "👍🏽", "🇫🇷", "❤️", "📈"]


class Writer:
    """Writes sentences and paragraphs from one bank."""

    def __init__(self, bank: Bank, random: Random) -> None:
        self.bank, self.random = bank, random
        self.people = [f"{random.choice(FIRST)} {random.choice(LAST)}" for _ in range(6)]
        self.places = random.sample(PLACES, 4)
        self.written: list[str] = []

    def sentence(self) -> str:
        """One sentence, unlike those written before as far as a few attempts find one."""
        for _ in range(ATTEMPTS):
            words = self.filled(self.random.choice(self.bank.shapes))
            if not process.extractOne(words, self.written, scorer=fuzz.ratio, score_cutoff=TOO_LIKE):
                break
        self.written.append(words)
        return words

    def filled(self, shape: str) -> str:
        """A shape with its slots filled, and the slots of what filled them."""
        pick, bank = self.random.choice, self.bank
        actor = pick(bank.actors)
        values = {
            "actor": actor, "Actor": actor[0].upper() + actor[1:], "actor2": pick(bank.actors),
            "act": pick(bank.acts), "act2": pick(bank.acts), "thing": pick(bank.things), "thing2": pick(bank.things),
            "tail": pick(bank.tails), "opening": pick(bank.openings), "saying": pick(bank.sayings),
            "saying2": pick(bank.sayings), "person": pick(self.people), "place": pick(self.places), "day": pick(DAYS),
            "month": pick(MONTHS), "year": str(self.random.randint(1987, 2026)), "year2": "2026",
            "number": pick(NUMBERS), "number2": pick(NUMBERS), "nth": pick(("second", "third", "fourth")),
            "small": str(self.random.randint(11, 79)), "count": f"{self.random.randint(101, 9999):,}",
            "count2": f"{self.random.randint(101, 9999):,}",
        }  # fmt: skip
        words = shape.format(**values)
        return self.filled(words) if "{" in words else words

    def heading(self) -> str:
        """A heading, with or without the sign of Markdown."""
        words = self.random.choice(self.bank.things)
        heading = self.filled(self.random.choice(("## ", "")) + words[0].upper() + words[1:])
        return f"{heading}: {self.random.choice(self.places)}"

    def listing(self) -> list[str]:
        """The lines of a list or of a table: near-identical on purpose."""
        shape = self.random.choice(
            (
                "- {actor}: {count} pounds", "* {place}, {day}: {small} samples, {number} failed",
                "| {place} | {count} | {small} per cent |", "- keeps regular contact with {actor} in {place}",
                "{person}, {place}: {count} votes",
            )
        )  # fmt: skip
        return [self.filled(shape) for _ in range(self.random.randint(4, 9))]

    def foreign(self) -> tuple[list[str], bool]:
        """Sentences in another script, and whether their words stand apart."""
        script = self.random.choice(list(SCRIPTS))
        stop = {"zh": "。", "hi": "।", "th": " "}.get(script, ".")
        pool = SCRIPTS[script].split("|")
        return [one + stop for one in self.random.sample(pool, min(len(pool), 4))], script not in UNSPACED
