//! Papers as XML: what the readers make of them, and that hostile files end with a reason.

use std::time::Instant;

use rederive::document::{BlockKind, Document, Place, SourceFormat, TextIndex, TextRange, VariationCause};
use rederive::extract::extract;
use rederive::read::{ReadError, ReadLimits, read};

fn open(text: &str) -> Document {
    read(text.as_bytes(), &ReadLimits::default()).expect("a document")
}

fn leaves(document: &Document) -> Vec<(BlockKind, String)> {
    let index = TextIndex::new(&document.text);
    document.leaves().iter().map(|leaf| (leaf.kind, index.slice(&document.text, leaf.range).to_owned())).collect()
}

fn of(document: &Document, range: TextRange) -> &str {
    TextIndex::new(&document.text).slice(&document.text, range)
}

const JATS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN" "JATS-journalpublishing1.dtd">
<article xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink">
<front><journal-meta><issn>1234-5678</issn></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1234/spoons.1</article-id>
<title-group><article-title>Spoons in <italic>warm</italic> soup</article-title><alt-title>Spoons</alt-title></title-group>
<contrib-group><contrib><xref ref-type="aff" rid="a1">1</xref></contrib></contrib-group>
<abstract><p>Of 46 spoons, 42 bent.</p></abstract><kwd-group><kwd>12 words</kwd></kwd-group>
</article-meta></front>
<body>
<sec><label>1</label><title>Methods</title>
<p>We took 5 cm<sup>2</sup> of tin [<xref ref-type="bibr" rid="r1">1</xref>&#x2013;<xref ref-type="bibr" rid="r3">3</xref>] and
  3 &#215; 10<sup>&#8722;5</sup> mg of salt<sup><xref ref-type="bibr" rid="r4">4</xref>,<xref ref-type="bibr" rid="r5">5</xref></sup>
  <fig id="f1"><label>Figure 1</label><caption><title>A spoon.</title><p>It is 12 cm long.</p></caption><graphic xlink:href="f.png"/></fig>
  in all<xref ref-type="fn" rid="n1">1</xref>, so that <inline-formula><alternatives><tex-math>p = 9</tex-math><mml:math><mml:mi>p</mml:mi><mml:mo>&lt;</mml:mo><mml:mn>0.05</mml:mn></mml:math></alternatives></inline-formula> held.</p>
<p>The law is <disp-formula id="e1"><label>(1)</label><mml:math><mml:mi>y</mml:mi><mml:mo>=</mml:mo><mml:mfrac><mml:mi>a</mml:mi><mml:mn>2</mml:mn></mml:mfrac></mml:math></disp-formula> where y is warm.</p>
<list><list-item><label>a)</label><p>the first spoon</p></list-item><list-item><p>the second</p></list-item></list>
<sec><title>Ladles</title><p>H<sub>2</sub>O was used.</p></sec>
</sec>
<sec><title>Results</title>
<table-wrap id="t1"><label>Table 1</label><caption><title>Bent spoons, n (%).</title></caption>
<table><thead><tr><th rowspan="2">Spoon</th><th colspan="2">Soup</th></tr><tr><th>Warm</th><th>Cold</th></tr></thead>
<tbody><tr><td>Tin</td><td>42<xref ref-type="table-fn" rid="x"><sup>a</sup></xref></td><td rowspan="2">7<xref ref-type="table-fn" rid="y">1</xref></td></tr>
<tr><td>Brass</td><td/></tr></tbody></table>
<table-wrap-foot><fn id="x"><label>a</label><p>Of 46.</p></fn><fn><p>Source: the kitchen.</p></fn></table-wrap-foot></table-wrap>
</sec>
</body>
<back><ack><title>Thanks</title><p>To the cook.</p></ack><fn-group><fn id="n1"><label>1</label><p>All of it.</p></fn></fn-group>
<ref-list><title>References</title><ref id="r1"><label>1</label><element-citation><name><surname>Ladle</surname><given-names>A</given-names></name><year>1999</year><volume>12</volume></element-citation></ref></ref-list></back>
<sub-article><body><p>A letter of 99 words.</p></body></sub-article>
</article>"#;

#[test]
fn jats_becomes_blocks_in_the_order_of_reading() {
    use BlockKind::{Caption, DisplayMath, Footnote, Heading, ListItem, Paragraph, Reference, Table};
    let document = open(JATS);
    let expected = [
        (Heading, "Spoons in warm soup"),
        (Paragraph, "Of 46 spoons, 42 bent."),
        (Heading, "1 Methods"),
        (Paragraph, "We took 5 cm² of tin [1–3] and 3 × 10⁻⁵ mg of salt[4],[5] in all[1], so that p < 0.05 held."),
        (Caption, "Figure 1 A spoon. It is 12 cm long."),
        (Paragraph, "The law is"),
        (DisplayMath, "y = a/2\t(1)"),
        (Paragraph, "where y is warm."),
        (ListItem, "a) the first spoon"),
        (ListItem, "the second"),
        (Heading, "Ladles"),
        (Paragraph, "H₂O was used."),
        (Heading, "Results"),
        (Caption, "Table 1 Bent spoons, n (%)."),
        (Table, "Spoon\tSoup\nWarm\tCold\nTin\t42ᵃ\t7\nBrass"),
        (Footnote, "a Of 46."),
        (Footnote, "Source: the kitchen."),
        (Heading, "Thanks"),
        (Paragraph, "To the cook."),
        (Footnote, "1 All of it."),
        (Heading, "References"),
        (Reference, "1 Ladle A 1999 12"),
    ];
    assert_eq!(leaves(&document), expected.map(|(kind, text)| (kind, text.to_owned())));
    assert_eq!(document.source.format, SourceFormat::Jats);
    assert_eq!(document.source.title.as_deref(), Some("Spoons in warm soup"));
    assert_eq!(document.source.doi.as_deref(), Some("10.1234/spoons.1"));
    assert!(document.notes.is_empty() && document.pages.is_empty());
    let json = serde_json::to_vec(&document).expect("JSON");
    assert_eq!(read(&json, &ReadLimits::default()), Ok(document));
}

#[test]
fn sections_are_a_tree_and_places_are_paths() {
    let document = open(JATS);
    let methods = document.blocks.iter().find(|block| of(&document, block.range).starts_with("1 Methods"));
    let methods = methods.expect("a section");
    assert_eq!(methods.kind, BlockKind::Section);
    let inner = methods.children.last().expect("a section in it");
    assert_eq!((inner.kind, of(&document, inner.range)), (BlockKind::Section, "Ladles\n\nH₂O was used."));
    let index = TextIndex::new(&document.text);
    let path = |text: &str| {
        let at = index.scalar(document.text.find(text).expect("the text"));
        match &document.span(&index, TextRange::new(at, at + 2)).places[..] {
            [Place::Element { path, boxes }] if boxes.is_empty() => path.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(path("Of 46 spoons"), "front/article-meta/abstract/p");
    assert_eq!(path("5 cm²"), "body/sec[1]/p[1]");
    assert_eq!(path("12 cm"), "body/sec[1]/p[1]/fig");
    assert_eq!(path("42ᵃ"), "body/sec[2]/table-wrap/table/tbody/tr[1]/td[2]");
    assert_eq!(path("Source"), "body/sec[2]/table-wrap/table-wrap-foot/fn[2]/p");
}

#[test]
fn tables_have_their_spans_headers_caption_and_notes() {
    let document = open(JATS);
    let table = &document.tables[0];
    assert_eq!((table.rows, table.columns, table.header_rows), (4, 3, 2));
    let cells: Vec<_> = table
        .cells
        .iter()
        .map(|cell| (cell.row, cell.column, cell.row_span, cell.column_span, of(&document, cell.range)))
        .collect();
    assert_eq!(
        cells,
        [
            (0, 0, 2, 1, "Spoon"),
            (0, 1, 1, 2, "Soup"),
            (1, 1, 1, 1, "Warm"),
            (1, 2, 1, 1, "Cold"),
            (2, 0, 1, 1, "Tin"),
            (2, 1, 1, 1, "42ᵃ"),
            (2, 2, 2, 1, "7"),
            (3, 0, 1, 1, "Brass"),
        ]
    );
    assert_eq!(table.caption.map(|range| of(&document, range)), Some("Table 1 Bent spoons, n (%)."));
    assert_eq!(
        table.notes.iter().map(|range| of(&document, *range)).collect::<Vec<_>>(),
        ["a Of 46.", "Source: the kitchen."]
    );
}

#[test]
fn marks_are_no_exponents_and_formulas_no_prose() {
    let mentions = extract(&open(JATS));
    let numbers: Vec<&str> = mentions
        .quantities
        .iter()
        .map(|quantity| quantity.first().unit.as_ref().map_or("", |unit| unit.unit.text.as_str()))
        .collect();
    assert!(numbers.contains(&"cm²") && numbers.contains(&"mg"), "{numbers:?}");
    let bare = open(
        "<article><body><p>As was said.<sup>12</sup> Then 5 m<sup>2</sup> and 7 mg<sup>3</sup> came.</p></body></article>",
    );
    let doubts: Vec<&str> = bare.variations.iter().map(|doubt| of(&bare, doubt.range)).collect();
    assert_eq!(doubts, ["¹²"]);
    assert!(bare.variations.iter().all(|doubt| doubt.cause == VariationCause::CitationMark));
}

const TEI: &str = r##"<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>
<fileDesc><titleStmt><title level="a" type="main">On ladles</title><funder/></titleStmt>
<sourceDesc><biblStruct><analytic><idno type="DOI">10.1234/ladles</idno></analytic></biblStruct></sourceDesc></fileDesc>
<encodingDesc><appInfo><application version="0.8.2" ident="GROBID"><desc>of 2025</desc></application></appInfo></encodingDesc>
<profileDesc><abstract><div><p>Few of 20 ladles.</p></div></abstract></profileDesc></teiHeader>
<text><body>
<div><head n="2.1" coords="2,50.5,100,80,12">Results</head>
<p coords="2,50,120,200,10;2,50,132,180,10">It was so <ref type="bibr" target="#b0">12</ref> as (Spoon, <ref type="bibr">1999</ref>) and [<ref type="bibr">3,</ref> <ref type="bibr">4</ref>] say, t(28) = 2.20.</p>
<formula xml:id="f0">y = 2 x <label>(1)</label></formula>
<note place="foot" n="1">A note.</note></div>
<figure xml:id="fig_0"><head>Fig. 1 .</head><label>1</label><figDesc>A ladle.</figDesc></figure>
<figure type="table" xml:id="tab_0"><head>Table 1 .</head><label>1</label><figDesc>Ladles</figDesc>
<table><row><cell></cell><cell cols="2">Group</cell></row><row><cell>Kind</cell><cell>n</cell><cell>%</cell></row><row><cell>Tin</cell><cell>4</cell><cell>40</cell></row></table><note>n = 10.</note></figure>
</body><back><div type="references"><listBibl><biblStruct xml:id="b0"><monogr><title>Tin</title><imprint><date when="2001">2001</date></imprint></monogr></biblStruct></listBibl></div></back></text></TEI>"##;

#[test]
fn tei_becomes_blocks_with_the_boxes_that_it_gives() {
    use BlockKind::{Caption, DisplayMath, Footnote, Heading, Paragraph, Reference, Table};
    let document = open(TEI);
    let expected = [
        (Heading, "On ladles"),
        (Paragraph, "Few of 20 ladles."),
        (Heading, "2.1 Results"),
        (Paragraph, "It was so [12] as (Spoon, [1999]) and [3, 4] say, t(28) = 2.20."),
        (DisplayMath, "y = 2 x\t(1)"),
        (Footnote, "A note."),
        (Caption, "Fig. 1 . A ladle."),
        (Caption, "Table 1 . Ladles"),
        (Table, "Group\nKind\tn\t%\nTin\t4\t40"),
        (Footnote, "n = 10."),
        (Reference, "Tin 2001"),
    ];
    assert_eq!(leaves(&document), expected.map(|(kind, text)| (kind, text.to_owned())));
    let source = &document.source;
    assert_eq!((source.format, source.producer.as_deref()), (SourceFormat::Tei, Some("GROBID 0.8.2")));
    assert_eq!((source.title.as_deref(), source.doi.as_deref()), (Some("On ladles"), Some("10.1234/ladles")));
    assert_eq!((document.tables[0].header_rows, document.tables[0].notes.len()), (2, 1));
    let line = document.lines.iter().find(|line| of(&document, line.range).starts_with("It was so")).expect("a line");
    let Place::Element { path, boxes } = &line.place else { panic!("{line:?}") };
    assert_eq!(path, "text/body/div/p");
    let boxes: Vec<_> = boxes.iter().map(|own| (own.page, own.quad.bounds())).collect();
    assert_eq!(boxes, [(2, [50.0, 120.0, 250.0, 130.0]), (2, [50.0, 132.0, 230.0, 142.0])]);
}

#[test]
fn a_turned_table_of_tei_stands_upright_and_its_glued_columns_apart() {
    let row =
        |cells: &str| cells.split('|').map(|cell| ["<cell>", cell.trim(), "</cell>"].concat()).collect::<String>();
    let rows = [
        "|BF|3.9|58.3|5.5",
        "Model|SE OR p|0.1 1.02 .006|0.2 1.01 .38|0.3 1.04 &lt; .1",
        "|b|0.2|0.1|0.4",
        "|Factor|Age|Depth|Wind",
    ];
    let rows: String = rows.iter().map(|cells| ["<row>", &row(cells), "</row>"].concat()).collect();
    let document = open(&format!(
        "<TEI><text><body><p>Two.</p><figure type='table'><head>Table 1</head><table>{rows}</table></figure></body></text></TEI>"
    ));
    let table = document.leaves().into_iter().find(|leaf| leaf.kind == BlockKind::Table).expect("a table");
    let expected = "Model\nFactor\tb\tSE\tOR\tp\tBF\nAge\t0.2\t0.1\t1.02\t.006\t3.9\nDepth\t0.1\t0.2\t1.01\t.38\t58.3\nWind\t0.4\t0.3\t1.04\t< .1\t5.5";
    assert_eq!(of(&document, table.range), expected);
    assert_eq!((document.tables[0].header_rows, document.tables[0].columns), (2, 6));
}

#[test]
fn formulas_that_are_pictures_leave_a_sign() {
    let document = open(
        "<article><body><p>with p = <inline-formula><inline-graphic/></inline-formula>, n = 5</p></body></article>",
    );
    assert_eq!(document.text, "with p = \u{FFFD}, n = 5");
    assert_eq!(document.notes[0].message, "unknown characters: 1");
}

#[test]
fn captions_that_go_on_with_a_sentence_make_no_claims() {
    let figure = |text: &str| {
        format!("<TEI><text><body><p>Two.</p><figure><head/><figDesc>{text}</figDesc></figure></body></text></TEI>")
    };
    for text in [") = 2.78, p = .064, d = 0.57.", "found that 42 of 46 (83%) bent.", ", t(28) = 2.20, p = .5."] {
        let document = open(&figure(text));
        assert_eq!(document.leaves()[1].kind, BlockKind::Furniture, "{text}");
        assert!(document.notes[0].message.contains("within a sentence") && extract(&document).statistics.is_empty());
    }
    for text in ["(a) Spoons, 42 of 46 (83%).", "t(28) = 2.20, p = .036.", "A spoon."] {
        let document = open(&figure(text));
        assert_eq!((document.leaves()[1].kind, document.notes.len()), (BlockKind::Caption, 0), "{text}");
    }
}

#[test]
fn tables_in_the_model_of_cals_are_read_by_the_names_of_their_columns() {
    let document = open(
        "<xocs:doc xmlns:xocs='x' xmlns:ce='y'><xocs:meta><xocs:doi>10.1016/j.x</xocs:doi></xocs:meta><xocs:serial-item><article>\
         <head><ce:title>Forks</ce:title></head><ce:body><ce:sections><ce:para>It bent<ce:cross-ref refid='bib1'><ce:sup>1</ce:sup></ce:cross-ref>, \
         10<ce:sup>−<ce:hsp sp='0.25'/>3</ce:sup>.<ce:float-anchor refid='t1'/></ce:para></ce:sections></ce:body></article></xocs:serial-item>\
         <x/></xocs:doc>"
            .replace("<ce:body>", "<ce:floats><ce:table><ce:label>Table 1</ce:label><ce:caption><ce:simple-para>Forks</ce:simple-para></ce:caption>\
             <tgroup cols='3'><colspec colname='a' colnum='1'/><colspec colname='b'/><colspec colname='c'/><thead><row><entry morerows='1'>Fork</entry>\
             <entry namest='b' nameend='c'>Bent</entry></row><row><entry>n</entry><entry>%</entry></row></thead><tbody><row><entry>Tin</entry>\
             <entry colname='c'>50</entry></row></tbody></tgroup><ce:legend><ce:simple-para>Note.</ce:simple-para></ce:legend></ce:table></ce:floats><ce:body>")
            .as_str(),
    );
    assert_eq!((document.source.format, document.source.doi.as_deref()), (SourceFormat::Elsevier, Some("10.1016/j.x")));
    assert!(document.text.contains("It bent[1], 10⁻³."), "{}", document.text);
    let table = &document.tables[0];
    assert_eq!((table.rows, table.columns, table.header_rows, table.notes.len()), (3, 3, 2, 1));
    let places: Vec<_> =
        table.cells.iter().map(|cell| (cell.row, cell.column, cell.row_span, cell.column_span)).collect();
    assert_eq!(places, [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 2, 1, 1)]);
}

/// The reason of an XML that is not read; every one is told within seconds.
fn refused(bytes: &[u8]) -> String {
    let start = Instant::now();
    let result = read(bytes, &ReadLimits::default());
    assert!(start.elapsed().as_secs() < 30, "a file of {} bytes took long", bytes.len());
    match result {
        Err(error) => error.to_string(),
        Ok(document) => panic!("a document of {} characters", document.text.len()),
    }
}

#[test]
fn hostile_files_end_with_a_reason() {
    let entity = |level: usize| format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10));
    let bomb: String = (1..10).map(entity).collect();
    let bomb = format!("<!DOCTYPE article [<!ENTITY e0 \"ha\">{bomb}]><article><body><p>&e9;</p></body></article>");
    assert!(refused(bomb.as_bytes()).contains("not expanded"));
    let outside = "<!DOCTYPE article [<!ENTITY x SYSTEM \"/etc/passwd\">]><article><body><p>&x;</p></body></article>";
    assert!(refused(outside.as_bytes()).contains("not expanded"));
    let deep = format!("<article><body>{}", "<sec>".repeat(200_000));
    assert!(refused(deep.as_bytes()).contains("nested deeper"));
    let (truncated, _) = JATS.split_once("5 cm").expect("the text");
    assert!(refused(truncated.as_bytes()).contains("line 12: it ends within <p>"));
    for at in (0..JATS.len()).step_by(97).filter(|at| JATS.is_char_boundary(*at)).skip(1) {
        refused(&JATS.as_bytes()[..at]);
    }
    let wide = "<td/>".repeat(1_000);
    let table = format!(
        "<article><body><table><tr>{wide}</tr>{}</table></body></article>",
        "<tr><td>1</td></tr>".repeat(2_000)
    );
    assert!(refused(table.as_bytes()).contains("more than 1048576 places"));
    let tall =
        "<article><body><table><tr><td rowspan='4000000000' colspan='4000000000'>5</td></tr></table></body></article>";
    // Columns in which no cell begins are none.
    assert_eq!(open(tall).tables[0].columns, 1);
    let long = vec![b' '; ReadLimits::default().text_bytes + 1 - 9];
    let long = [b"<article>".as_slice(), &long].concat();
    assert!(matches!(read(&long, &ReadLimits::default()), Err(ReadError::TooLarge { .. })));
    assert!(refused(b"<?xml version='1.0'?><svg><text>5</text></svg>").contains("root element <svg>"));
    assert!(refused(b"<article><front/></article>").contains("no text"));
    assert!(refused(b"<?xml version='1.0'?>").contains("no element"));
}

#[test]
fn long_files_of_small_parts_are_read_in_time() {
    let start = Instant::now();
    let siblings = format!("<article><body>{}</body></article>", "<p>5 mg</p>".repeat(50_000));
    assert_eq!(open(&siblings).lines.len(), 50_000);
    let marks = format!("<article><body><p>{}</p></body></article>", "1<xref ref-type='bibr'>2</xref>".repeat(50_000));
    assert!(open(&marks).text.len() > 50_000);
    let raised = format!("<article><body><p>{}</p></body></article>", "mass<sup>2</sup> ".repeat(50_000));
    assert_eq!(open(&raised).variations.len(), 50_000);
    let gaps = format!("<article><body><p><math>{}</math></p></body></article>", "<mn>1</mn><mspace/>".repeat(50_000));
    assert!(open(&gaps).text.len() >= 50_000);
    let attributes = format!("<article><body><p {}>5 mg</p></body></article>", "a='1' ".repeat(200_000));
    assert_eq!(open(&attributes).text, "5 mg");
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn declared_encodings_are_followed() {
    let text = JATS.replace("UTF-8", "ISO-8859-1").replace('–', "-");
    let latin: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect();
    let document = read(&latin, &ReadLimits::default()).expect("a document");
    assert!(document.text.contains("3 × 10⁻⁵ mg"));
    let wide: Vec<u8> =
        format!("\u{FEFF}{}", JATS.replace("UTF-8", "UTF-16")).encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(&wide, &ReadLimits::default()).expect("a document").text, open(JATS).text);
}
