# Notes down what the test suites of scrutiny and rsprite2 ask of GRIM, GRIMMER, DEBIT and the bounds of an SD, and what they get.
#
#     Rscript corpora/granularity_suites.R CHECKOUT OUT
#
# The package is read from the checkout, which stays outside this repository. Each call of one of the functions in `watched` that
# its own tests make is written to OUT (CSV): the file, the function, its arguments as printed, and the answer. The tests are run
# as they are; how many of them the package meets is written to the terminal. Numbers drawn by chance are those of one seed.
# `granularity_suites.py` puts the same questions to rederive.

suppressPackageStartupMessages(library(testthat))
arguments <- commandArgs(trailingOnly = TRUE)
checkout <- arguments[1]
watched <- c("grim_scalar", "grimmer_scalar", "debit_scalar", "GRIM_test", "GRIMMER_test", ".sd_limits", "boundary_test")
columns <- c(
  "x", "mean", "sd", "n", "n_obs", "items", "n_items", "percent", "rounding", "threshold", "symmetric", "tolerance",
  "min_val", "max_val", "m_prec", "sd_prec")

rows <- new.env()
current <- ""
depth <- 0

note <- function(name, given, value) {
  one <- lapply(columns, function(column) {
    if (is.null(given[[column]]) || length(given[[column]]) != 1) "" else as.character(given[[column]])
  })
  names(one) <- columns
  answer <- paste(as.character(value), collapse = "|")
  key <- paste(name, paste(one, collapse = "\r"), answer, sep = "\r")
  if (is.null(rows[[key]])) rows[[key]] <- c(list(file = current, fn = name, answer = answer), one)
}

# The same function, which notes what is asked of it and what it answers. Calls from within a watched function are not the tests'.
noting <- function(name, original) {
  force(name)
  force(original)
  asked <- function(given) {
    depth <<- depth + 1
    on.exit(depth <<- depth - 1)
    value <- do.call(original, given)
    answer <- if (is.list(value) && length(value)) value[[1]] else value
    if (depth == 1 && !isTRUE(given$return_values)) note(name, given, answer)
    value
  }
  # It keeps the names of its arguments, which functions made from it look at.
  wrapper <- original
  body(wrapper) <- bquote({
    given <- list()
    for (name in .(names(formals(original)))) {
      if (name != "..." && !eval(call("missing", as.name(name)))) given[name] <- list(get(name))
    }
    .(asked)(given)
  })
  wrapper
}

suite <- new.env()
# What the package imports, as far as it is installed.
for (line in readLines(file.path(checkout, "NAMESPACE"))) {
  parts <- regmatches(line, regexec("^import(From)?\\(([A-Za-z0-9.]+),?\"?([^\")]*)\"?\\)", line))[[1]]
  if (!length(parts)) next
  names <- if (parts[2] == "From") parts[4] else tryCatch(getNamespaceExports(parts[3]), error = function(reason) NULL)
  for (name in names) tryCatch(assign(name, getExportedValue(parts[3], name), suite), error = function(reason) NULL)
}
loaded <- function(file) {
  for (expression in parse(file, keep.source = FALSE)) {
    tryCatch({
      eval(expression, suite)
      name <- if (is.call(expression) && identical(expression[[1]], as.name("<-"))) as.character(expression[[2]])[1] else ""
      if (name %in% watched) assign(name, noting(name, get(name, suite)), suite)
    }, error = function(reason) NULL)
  }
}
for (round in 1:2) {
  # A file may need one that comes later in the alphabet: the second round has them all.
  for (file in list.files(file.path(checkout, "R"), pattern = "\\.R$", full.names = TRUE)) loaded(file)
}
for (file in list.files(file.path(checkout, "data"), pattern = "\\.rda$", full.names = TRUE)) load(file, suite)
internal <- file.path(checkout, "R", "sysdata.rda")
if (file.exists(internal)) load(internal, suite)
for (file in list.files(file.path(checkout, "tests", "testthat"), pattern = "^helper.*\\.R$", full.names = TRUE)) {
  sys.source(file, envir = suite)
}

tests <- list.files(
  file.path(checkout, "tests", "testthat"),
  pattern = "^test-(grim|grimmer|debit|audit|method-audit|reverse|function-map|core).*\\.R$", full.names = TRUE)
counts <- c(met = 0, other = 0)
for (file in tests) {
  current <- basename(file)
  set.seed(1)
  results <- tryCatch(
    as.data.frame(suppressWarnings(test_file(file, env = new.env(parent = suite), reporter = "silent", stop_on_failure = FALSE))),
    error = function(reason) NULL)
  met <- if (is.null(results)) 0 else sum(results$failed == 0 & !results$error)
  counts <- counts + c(met, if (is.null(results)) 1 else nrow(results) - met)
}
message(sprintf("%d tests met by the package here, %d not", counts[["met"]], counts[["other"]]))
found <- mget(sort(ls(rows, all.names = TRUE)), rows)
write.csv(
  do.call(rbind, lapply(found, as.data.frame, stringsAsFactors = FALSE)), arguments[2], row.names = FALSE, fileEncoding = "UTF-8")
