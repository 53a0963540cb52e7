//! The page of one paper.

use crate::report::model::{PaperReport, PaperStatus};
use crate::report::sink::Header;
use crate::report::summary::plural;

use super::writer::Html;
use super::{card, frame, lists, marks, notices, order, strip, verdict, wording};

/// The page. `back` is the address of the index that it belongs to, if there is one.
pub(super) fn page(header: &Header, paper: &PaperReport, back: Option<&'static str>) -> String {
    let name = name(paper);
    let title = format!("{name} – {}", header.tool.name);
    frame::page(&title, Some(&paper.key), |html| {
        html.element("header", &[("class", "top")], |html| {
            if let Some(back) = back {
                html.element("nav", &[("aria-label", "Report")], |html| {
                    html.leaf("a", &[("href", back)], "All papers");
                });
            }
            facts(html, header, paper, &name, back.is_some());
        });
        html.element("main", &[("id", "main"), ("tabindex", "-1")], |html| {
            if paper.status == PaperStatus::Checked {
                checked(html, paper);
            } else {
                notices::not_checked(html, paper);
                notices::reading(html, paper);
            }
            notices::standard(html);
            notices::making(html, header, &paper.key);
        });
        footer(html, header);
    })
}

/// What the page calls the paper: its title, or else the name of the file.
pub(super) fn name(paper: &PaperReport) -> String {
    let title = paper.exhibits.title.as_deref().map(wording::one_line).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| wording::one_line(paper.source.rsplit('/').next().unwrap_or_default()))
}

fn facts(html: &mut Html, header: &Header, paper: &PaperReport, name: &str, in_folder: bool) {
    html.element("p", &[("class", "kicker")], |html| {
        html.markup("Re-derived numbers · ").text(&header.tool.name);
    });
    html.element("h1", &[("translate", "no")], |html| {
        html.leaf("bdi", &[], name);
    });
    html.element("dl", &[("class", "facts")], |html| {
        fact(html, "File", &wording::one_line(&paper.source), "file");
        if let Some(doi) = &paper.exhibits.doi {
            fact(html, "DOI", &wording::one_line(doi), "doi");
        }
        if paper.coverage.pages > 0 {
            fact(html, "Pages", &paper.coverage.pages.to_string(), "pages");
        }
        if !paper.key.is_empty() {
            // The whole hash stands under "How this was made".
            fact(html, "SHA-256", &format!("{}…", paper.key.chars().take(16).collect::<String>()), "hash");
        }
        if in_folder {
            marked_copy(html, paper);
        }
    });
}

/// The way to the copy of the paper with its findings marked, which stands beside the page, or why there is none.
fn marked_copy(html: &mut Html, paper: &PaperReport) {
    let Some(marked) = &paper.exhibits.marked else { return };
    html.element("div", &[], |html| {
        html.leaf("dt", &[], "Marked copy");
        html.element("dd", &[], |html| {
            match marked {
                Ok(_) => html.leaf("a", &[("href", &format!("{}.pdf", paper.key))], "PDF"),
                Err(why) => html.text(why),
            };
        });
    });
}

fn fact(html: &mut Html, name: &'static str, value: &str, class: &'static str) {
    html.element("div", &[], |html| {
        html.leaf("dt", &[], name);
        html.element("dd", &[("class", class)], |html| {
            html.leaf("bdi", &[], value);
        });
    });
}

fn checked(html: &mut Html, paper: &PaperReport) {
    let findings = order::by_consequence(&paper.findings);
    verdict::write(html, paper);
    notices::reading(html, paper);
    strip::write(html, paper);
    html.element("section", &[("id", "findings"), ("aria-labelledby", "findings-title")], |html| {
        html.element("h2", &[("id", "findings-title")], |html| {
            html.markup("Findings <span class=\"count\">").count(findings.len()).markup("</span>");
        });
        if findings.is_empty() {
            notices::no_findings(html, paper);
        } else {
            contents(html, &findings);
            tools(html, findings.len());
            for (claim, finding) in findings {
                card::write(html, claim, finding, paper);
            }
        }
    });
    lists::write(html, paper);
}

/// The findings as a list of links.
fn contents(html: &mut Html, findings: &[(usize, &crate::report::finding::Finding)]) {
    html.element("nav", &[("class", "contents"), ("aria-label", "Findings")], |html| {
        html.element("ol", &[], |html| {
            for (_, finding) in findings {
                html.element("li", &[], |html| {
                    if let Some(level) = finding.level {
                        marks::level(html, level);
                    }
                    let link = format!("#{}", card::id(finding));
                    html.markup(" ").leaf("a", &[("href", link.as_str())], &wording::sentence(&finding.message));
                    html.markup(" ").leaf("span", &[("class", "place")], &wording::page(finding));
                });
            }
        });
    });
}

/// What the script offers; hidden where there is none.
fn tools(html: &mut Html, findings: usize) {
    html.element("div", &[("class", "tools"), ("hidden", "")], |html| {
        html.element("p", &[("id", "marked"), ("role", "status")], |html| {
            html.markup("0 of ").text(&plural(findings, "finding")).markup(" marked");
        });
        html.markup(
            "<button type=\"button\" id=\"export\">Export marks</button>\n\
             <details id=\"keys\"><summary>Keys</summary><dl>\
             <div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous finding</dd></div>\
             <div><dt><kbd>o</kbd></dt><dd>open or close all folds</dd></div>\
             <div><dt><kbd>1</kbd>–<kbd>4</kbd></dt><dd>mark the finding</dd></div>\
             <div><dt><kbd>?</kbd></dt><dd>this list</dd></div></dl>\
             <label><input type=\"checkbox\" id=\"keys-on\" checked> single keys are on</label></details>\n",
        );
    });
}

/// The end of a page.
pub(super) fn footer(html: &mut Html, header: &Header) {
    html.element("footer", &[], |html| {
        html.element("p", &[], |html| {
            html.text(&header.tool.name).markup(" ").text(&header.tool.version);
            html.markup(" · nothing on this page is loaded from elsewhere or sent anywhere");
        });
    });
}
