/* What the files of the core share. `module.c` says what the core is; each of the others stands
 * beside a file of the package, which is the specification and says what is computed and why. The comments here say only what is special to C. */

#ifndef ARTICLECLI_CORE_H
#define ARTICLECLI_CORE_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000 /* one file for Python 3.11 and all later ones */
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>

#define ZONES 12

/* Whole numbers that grow at their end. */
typedef struct {
    int32_t *items;
    Py_ssize_t used, room;
} Numbers;

/* Features of a page, as `features/__init__.py` has them: those of block i are
 * `numbers[ends[i - 1] .. ends[i]]`. */
typedef struct {
    Py_ssize_t count; /* of blocks */
    Py_ssize_t *ends;
    Numbers numbers, page;
} Features;

/* module.c */
bool more_numbers(Numbers *to); /* room for one; false with an exception set, like all below */
static inline bool add_number(Numbers *to, int32_t number)
{
    if (to->used == to->room && !more_numbers(to))
        return false;
    to->items[to->used++] = number;
    return true;
}
bool append_numbers(Numbers *to, const int32_t *from, Py_ssize_t count);
Features *new_features(Py_ssize_t count);
void free_features(Features *features);
void drop_features(PyObject *capsule);
void *held(PyObject *capsule, const char *name);
extern const char FEATURES[], NETWORK[], TABLES[]; /* names of the three capsules */
uint32_t crc(uint32_t start, const void *data, Py_ssize_t size);

/* zone.c */
PyObject *core_where_zones_are(PyObject *module, PyObject *args);

/* sha256.c */
PyObject *core_sha256(PyObject *module, PyObject *data);

/* weights.c, network.c */
PyObject *core_network(PyObject *module, PyObject *args);
PyObject *core_scores(PyObject *module, PyObject *args);

/* sequence.c */
PyObject *core_decoder(PyObject *module, PyObject *args);
PyObject *core_decode(PyObject *module, PyObject *args);
PyObject *core_decode_again(PyObject *module, PyObject *args);

/* headline.c, and headline_words.c and headline_traits.c, which share headline.h */
PyObject *core_headline_tables(PyObject *module, PyObject *args);
PyObject *core_candidates(PyObject *module, PyObject *args);
PyObject *core_weigh(PyObject *module, PyObject *args);

/* features.c, and block.c, words.c, context.c, markup.c, which it calls */
PyObject *core_tables(PyObject *module, PyObject *args);
PyObject *core_features(PyObject *module, PyObject *args);

/* evidence.c, which calls phrases.c and phrase_table.c */
PyObject *core_evidence_tables(PyObject *module, PyObject *args);
PyObject *core_evidence(PyObject *module, PyObject *args);

/* counts.c, which calls page_words.c */
PyObject *core_count_tables(PyObject *module, PyObject *args);
PyObject *core_count_page(PyObject *module, PyObject *args);

/* page_type.c */
PyObject *core_type_tables(PyObject *module, PyObject *args);
PyObject *core_page_sums(PyObject *module, PyObject *args);

/* signs.c */
PyObject *core_sign_tables(PyObject *module, PyObject *args);
PyObject *core_page_signs(PyObject *module, PyObject *args);

/* lines.c, reading.c (with passes.c), rows.c, paragraphs.c (with joining.c): text as blocks */
PyObject *core_line_spans(PyObject *module, PyObject *text);
PyObject *core_holding(PyObject *module, PyObject *args);
PyObject *core_reader(PyObject *module, PyObject *args);
PyObject *core_read_rows(PyObject *module, PyObject *args);
PyObject *core_rows(PyObject *module, PyObject *args);
PyObject *core_joiner(PyObject *module, PyObject *args);
PyObject *core_join(PyObject *module, PyObject *args);

/* given.c and walk.c, which calls element.c, gather.c and pieces.c */
PyObject *core_walk_tables(PyObject *module, PyObject *args);
PyObject *core_walk(PyObject *module, PyObject *args);

/* source.c */
PyObject *core_source(PyObject *module, PyObject *args);
PyObject *core_odd_signs(PyObject *module, PyObject *text);

/* names.c */
PyObject *core_few_names(PyObject *module, PyObject *args);

/* said.c */
PyObject *core_said(PyObject *module, PyObject *args);

/* removed.c */
PyObject *core_removal_tables(PyObject *module, PyObject *args);
PyObject *core_tag_tables(PyObject *module, PyObject *args);
PyObject *core_reasons(PyObject *module, PyObject *args);

/* ledger.c */
PyObject *core_ledger_tables(PyObject *module, PyObject *args);
PyObject *core_line_owners(PyObject *module, PyObject *args);
PyObject *core_group_removed(PyObject *module, PyObject *args);
PyObject *core_by_line(PyObject *module, PyObject *args);

/* confidence.c */
PyObject *core_confidences(PyObject *module, PyObject *args);

/* figures.c */
PyObject *core_with_figure(PyObject *module, PyObject *args);

#endif
