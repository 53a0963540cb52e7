# Notes down what statcheck's own test suite asserts, from a checkout of its source that stays outside this repository.
#
#     Rscript corpora/statcheck_suite.R CHECKOUT OUT
#
# Each file under tests/testthat that asks for verdicts or extracted results is run with statcheck's own functions; the
# assertions are replaced by ones that write a row to OUT (CSV) instead of judging: the file, the name of the test, the texts
# and options of the call of statcheck() that came last before the assertion, the column of the result that it is about, what is
# asserted, whether statcheck itself meets it, and how many results statcheck finds in each of the texts.
# `statcheck_suite.py` gives the texts to rederive.

arguments <- commandArgs(trailingOnly = TRUE)
checkout <- arguments[1]
suite <- new.env()
for (file in list.files(file.path(checkout, "R"), pattern = "\\.R$", full.names = TRUE)) sys.source(file, envir = suite)

rows <- list()
last <- list(texts = character(), options = "", each = "")
current <- list(file = "", test = "")
judge <- suite$statcheck

# What a person would call the thing asserted: a verdict, or the number of results.
subject <- function(expression) {
  code <- paste(deparse(expression), collapse = " ")
  if (grepl("VAR_DEC_ERROR", code)) "decision" else if (grepl("VAR_ERROR", code)) "error"
  else if (grepl("nrow", code)) "results" else "other"
}

# The column of the result that an assertion names, with a question mark where it asks whether it is missing.
column <- function(expression) {
  code <- paste(deparse(expression), collapse = " ")
  name <- regmatches(code, regexpr("VAR_[A-Z0-9_]+", code))
  if (!length(name)) return("")
  paste0(suite[[name]], if (grepl("is.na", code, fixed = TRUE)) "?" else "")
}

note <- function(expression, value, expected) {
  # The call that gives the value is often part of the assertion: it has to run before its texts and options are noted.
  force(value)
  rows[[length(rows) + 1]] <<- data.frame(
    file = current$file, test = current$test, subject = subject(expression), column = column(expression),
    options = last$options, each = last$each,
    expected = paste(as.character(expected), collapse = "|"), met = identical(as.character(value), as.character(expected)),
    texts = paste(last$texts, collapse = "\u241e"))
}

suite$statcheck <- function(texts, ...) {
  given <- list(...)
  given$messages <- NULL
  found <- NULL
  count <- function(text) {
    one <- NULL
    utils::capture.output(one <- judge(text, ...))
    if (is.null(one)) 0 else nrow(one)
  }
  last <<- list(
    texts = texts, options = paste(names(given), unlist(given), sep = "=", collapse = " "),
    each = paste(vapply(texts, count, numeric(1)), collapse = "|"))
  utils::capture.output(found <- judge(texts, ...))
  found
}
suite$context <- function(...) NULL
suite$test_that <- function(name, code) {
  current$test <<- name
  tryCatch(code, error = function(reason) message(current$file, ", ", name, ": ", conditionMessage(reason)))
}
suite$expect_true <- function(object, ...) {
  expression <- substitute(object)
  note(expression, object, TRUE)
}
suite$expect_false <- function(object, ...) {
  expression <- substitute(object)
  note(expression, object, FALSE)
}
suite$expect_equal <- function(object, expected, ...) {
  expression <- substitute(object)
  note(expression, object, expected)
}
suite$expect_output <- function(object, ...) {
  value <- object
  note(quote(nrow(result)), if (is.null(value)) 0 else nrow(value), 0)
}
for (name in c("expect_is", "expect_s3_class", "expect_message", "expect_warning", "expect_error", "expect_type")) {
  suite[[name]] <- function(...) NULL
}

for (file in list.files(file.path(checkout, "tests", "testthat"), pattern = "^test-(error|decisionerror|extract-.*)\\.R$", full.names = TRUE)) {
  current$file <- basename(file)
  tryCatch(sys.source(file, envir = suite), error = function(reason) message(basename(file), ": ", conditionMessage(reason)))
}
write.csv(do.call(rbind, rows), arguments[2], row.names = FALSE, fileEncoding = "UTF-8")
