/* calc.h -- formulas that can be worked by hand: one descriptor a formula.
 *
 * A module contributes rows: name, help, source, the parameters with unit, range and default, and
 * the results with their units. The same rows read the arguments, refuse what is wrong, print the
 * help and name the results, so that `tuiyan calc` needs to know no formula. A formula may also take
 * a table: one rater or one row of a matrix a line. Work functions are pure. */
#ifndef TUIYAN_CORE_SCENARIO_CALC_H
#define TUIYAN_CORE_SCENARIO_CALC_H

#include "core/scenario/names.h"

enum {
    CALC_PARAMS = 16, /* of one formula; the last row of each array below has no name */
    CALC_RESULTS = 32,
    CALC_CELLS_MAX = 4 * 1000 * 1000, /* of one table */
};

/* A default that says: this parameter must be given. */
#define CALC_REQUIRED (0.0 / 0.0)
/* A default that says: may be left out; the work function looks at `given`. */
#define CALC_OPTIONAL (-1.0 / 0.0)

struct calc_param {
    const char *name;    /* "wind" */
    const char *unit;    /* "m/s", "deg"; "1" is a fraction of one, "" a count or a word */
    const char *choices; /* words separated by blanks; the value is the index. NULL: a number */
    double low, high;    /* both ends belong; equal: no bound */
    double dflt;         /* or CALC_REQUIRED, CALC_OPTIONAL; of choices the index */
    const char *zh, *en;
};

struct calc_result_row {
    const char *name, *unit;
    const char *zh, *en;
};

/* Row major; NaN is a missing value. */
struct calc_matrix {
    int rows, cols;
    double *at;
};

/* In the order of the formula's rows. */
struct calc_input {
    double num[CALC_PARAMS];
    bool given[CALC_PARAMS]; /* false: num is the default */
    const struct calc_matrix *matrix;
    int matrices; /* 0 when the formula takes no table */
};

struct calc_value {
    enum { CALC_UNSET, CALC_NUMBER, CALC_VECTOR, CALC_TITLE } kind;
    double num;     /* NaN: not defined for this input */
    double *vector; /* rows * cols values */
    int rows, cols; /* rows 1: a plain vector; more: a matrix */
    struct title title;
};

/* A result left unset is not printed. */
struct calc_output {
    struct arena *arena;
    struct calc_value value[CALC_RESULTS];
};

struct calc_row {
    const char *name; /* "fire.rothermel": module, dot, formula */
    const char *zh, *en;
    const char *source;
    const char *table_zh, *table_en; /* what a line of the table is; NULL: takes no table */
    const struct calc_param *param;  /* NULL: none */
    const struct calc_result_row *result;
    /* RC_INPUT with *e filled when the input makes no sense together; RC_MEMORY. */
    MUST_USE enum rc (*work)(const struct calc_input *in, struct calc_output *out, struct err *e);
};

/* Reads "key=value" into in, which calc_begin has filled with the defaults. Numbers may be fractions
 * ("1/3") or carry a percent sign ("6%"). RC_INPUT: unknown key (with the nearest), a value that is
 * no number or no such word, outside its range, given twice. */
void calc_begin(const struct calc_row *row, struct calc_input *in);
MUST_USE enum rc calc_argument(const struct calc_row *row, struct text key, struct text value,
                               struct calc_input *in, struct err *e);
/* Refuses missing parameters and a missing or unwanted table, then works the formula. */
MUST_USE enum rc calc_work(const struct calc_row *row, const struct calc_input *in,
                           struct calc_output *out, struct err *e);

/* Reads tables: values separated by blanks, tabs, commas or semicolons; "*" is missing, "1/3" a
 * fraction, "#" starts a comment; a blank line ends a matrix. All lines of a matrix have the same
 * number of values. RC_INPUT names file, line and value; RC_LIMIT; RC_MEMORY. */
MUST_USE enum rc calc_read_table(struct text bytes, struct text name, struct arena *a,
                                 struct calc_matrix **matrix, int *matrices, struct err *e);

int calc_params(const struct calc_row *row);
int calc_results(const struct calc_row *row);

/* What work functions fill results with, by index of the result row. */
void calc_set(struct calc_output *out, int i, double v);
void calc_set_title(struct calc_output *out, int i, const char *zh, const char *en);
/* Zeroed values to fill, or NULL when memory is out; cols values in each of rows rows. */
double *calc_set_matrix(struct calc_output *out, int i, int rows, int cols);
/* The word of a choice parameter with that index; empty when there is none. */
struct text calc_choice(const struct calc_param *p, int index);

#endif
