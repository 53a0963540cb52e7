# Runs statcheck's own functions over papers, from a checkout of its source that stays outside this repository.
#
#     Rscript corpora/statcheck.R CHECKOUT LIST OUT
#
# LIST is a file with the path of a paper a line: PDF files go through statcheck's getPDF(), everything else is taken as
# text. OUT is a folder: results.csv gets a row for each result (the data frame of statcheck() with its default options, as
# checkPDF() calls it), texts/ gets the text that statcheck saw of each paper, times.csv the
# seconds of either step, given_up the papers that ended in an error within statcheck.
#
# It judges nothing itself. statcheck reads PDF files through the package pdftools, which binds poppler; where that is
# missing, poppler's program pdftotext with -layout gives the same text, a string a page. The packages of the plots and
# of the report are not loaded, as nothing here draws.

arguments <- commandArgs(trailingOnly = TRUE)
checkout <- arguments[1]
papers <- readLines(arguments[2])
out <- arguments[3]

missing <- Filter(function(name) !requireNamespace(name, quietly = TRUE), c("plyr", "stringr", "stringi", "rlang"))
if (length(missing) > 0) {
  message("R has no package ", paste(missing, collapse = ", "))
  quit(status = 3)
}

pages_of <- function(path) {
  text <- system2("pdftotext", c("-layout", "-enc", "UTF-8", shQuote(path), "-"), stdout = TRUE, stderr = FALSE)
  Encoding(text) <- "UTF-8"
  pages <- strsplit(paste(text, collapse = "\n"), "\f", fixed = TRUE)[[1]]
  enc2utf8(pages)
}

# statcheck asks for pdftools by name; the lookup is caught in its own environment and nowhere else.
statcheck_source <- new.env()
if (!requireNamespace("pdftools", quietly = TRUE)) {
  assign("::", function(package, name) {
    package <- as.character(substitute(package))
    name <- as.character(substitute(name))
    if (package == "pdftools" && name == "pdf_text") pages_of else getExportedValue(package, name)
  }, envir = statcheck_source)
}
for (file in list.files(file.path(checkout, "R"), pattern = "\\.R$", full.names = TRUE)) {
  sys.source(file, envir = statcheck_source)
}

elapsed <- function(since) {
  spent <- proc.time() - since
  data.frame(wall = spent[["elapsed"]], cpu = sum(spent[c("user.self", "sys.self", "user.child", "sys.child")]))
}

start <- proc.time()
texts <- vapply(papers, function(path) {
  tryCatch(
    if (grepl("\\.pdf$", path, ignore.case = TRUE)) as.character(statcheck_source$getPDF(path))
    else paste(readLines(path, encoding = "UTF-8", warn = FALSE), collapse = "\n"),
    error = function(reason) {
      message(basename(path), ": ", conditionMessage(reason))
      ""
    })
}, character(1))
names(texts) <- basename(papers)
reading <- elapsed(start)

start <- proc.time()
# A paper at a time, so that an error within statcheck costs that paper and not the run.
given_up <- character()
results <- lapply(names(texts), function(name) {
  tryCatch({
    found <- NULL
    utils::capture.output(found <- statcheck_source$statcheck(texts[name], messages = FALSE))
    if (is.data.frame(found)) as.data.frame(unclass(found))
  }, error = function(reason) {
    given_up <<- c(given_up, paste0(name, ": ", conditionMessage(reason)))
    NULL
  })
})
results <- do.call(rbind, results)
matching <- elapsed(start)

dir.create(file.path(out, "texts"), showWarnings = FALSE)
for (name in names(texts)) {
  writeLines(texts[[name]], file.path(out, "texts", paste0(name, ".txt")), useBytes = TRUE)
}
if (is.data.frame(results)) {
  write.csv(results, file.path(out, "results.csv"), row.names = FALSE, fileEncoding = "UTF-8")
}
writeLines(given_up, file.path(out, "given_up"))
write.csv(cbind(step = c("reading", "matching"), rbind(reading, matching)), file.path(out, "times.csv"), row.names = FALSE)
