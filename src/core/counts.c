/* Beside `model/page_counts.py`: what of a page is counted. */

#include "counts.h"
#include <string.h>

#define LEAST_PLACES 4 /* of a number of a year, see `days` */
#define AS_NAME(class, name) #name,
#define AS_CLASS(class, name) class,

static const char COUNTING[] = "articlecli.counting";
static const char *const NAMES[] = {ATTRIBUTES_USED(AS_NAME)};
static const int CLASS_OF[] = {ATTRIBUTES_USED(AS_CLASS)};

/* What is known of one block. */
typedef struct {
    PyObject *block, *own, *verdict;
    int zone;
    int64_t count, width;
    bool sentence;
} Seen;

static void free_counting(Counting *tables)
{
    Py_XDECREF(tables->make);
    Py_XDECREF(tables->has_price);
    Py_XDECREF(tables->currency_texts);
    for (int i = 0; i < ZONES; i++)
        Py_XDECREF(tables->zones[i]);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        Py_XDECREF(tables->at[i].member);
    PyMem_Free(tables);
}

static void drop_counting(PyObject *capsule)
{
    Counting *tables = PyCapsule_GetPointer(capsule, COUNTING);
    if (tables != NULL)
        free_counting(tables);
}

static bool read_zones(Counting *to, PyObject *zones, PyObject *roles)
{
    if (PyTuple_Size(zones) != ZONES || PyTuple_Size(roles) != ZONES) {
        PyErr_SetString(PyExc_ValueError, "there is another number of zones");
        return false;
    }
    for (int i = 0; i < ZONES; i++) {
        to->zones[i] = PyTuple_GetItem(zones, i);
        Py_INCREF(to->zones[i]);
        to->roles[i] = (uint8_t)PyLong_AsLong(PyTuple_GetItem(roles, i));
    }
    return !PyErr_Occurred();
}

static bool read_currencies(Counting *to, PyObject *texts)
{
    Py_ssize_t count = PyTuple_Size(texts);
    if (count > MOST_CURRENCIES) {
        PyErr_SetString(PyExc_ValueError, "too many currencies");
        return false;
    }
    Py_INCREF(texts);
    to->currency_texts = texts;
    for (Py_ssize_t i = 0; i < count; i++) {
        Slice *own = &to->currencies[i];
        if (!slice_of(PyTuple_GetItem(texts, i), own))
            return false;
        if (own->size > 0)
            to->begins_currency[(unsigned char)own->at[0]] = true;
    }
    to->currency_count = (int)count;
    return true;
}

/* count_tables(make, classes, has_price, zones, roles, boilerplate, currencies, half, sizes) */
PyObject *core_count_tables(PyObject *module, PyObject *args)
{
    PyObject *make, *classes, *has_price, *zones, *roles, *currencies, *capsule = NULL;
    Counting *made = PyMem_Calloc(1, sizeof *made);
    long *n = made ? made->sizes : NULL;
    (void)module;
    if (made == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "OO!OO!O!iO!d(llllllll)", &make, &PyTuple_Type, &classes, &has_price, &PyTuple_Type, &zones,
                          &PyTuple_Type, &roles, &made->boilerplate, &PyTuple_Type, &currencies,
                          &made->half, &n[0], &n[1], &n[2], &n[3], &n[4], &n[5], &n[6], &n[7]))
        goto done;
    if (n[N_WORDS] < 1 || n[N_WORDS] > 1 << 24 || n[N_NEAREST] < 1 ||
        n[N_MOST_MARKS] > MARK_PLACES / 2 - n[N_NEAREST] || n[N_NEAREST] > MARK_PLACES / 4 || PyTuple_Size(classes) != CLASSES) {
        PyErr_SetString(PyExc_ValueError, "a table is of another size");
        goto done;
    }
    Py_INCREF(make);
    made->make = make;
    Py_INCREF(has_price);
    made->has_price = has_price;
    bool fine = read_zones(made, zones, roles) && read_currencies(made, currencies);
    for (int i = 0; fine && i < ATTRIBUTE_COUNT; i++)
        fine = find_attribute(&made->at[i], PyTuple_GetItem(classes, CLASS_OF[i]), NAMES[i]);
    if (fine)
        capsule = PyCapsule_New(made, COUNTING, drop_counting);
done:
    if (capsule == NULL)
        free_counting(made);
    return capsule;
}

static bool holds_currency(const Counting *tables, Slice lower)
{
    for (Py_ssize_t at = 0; at < lower.size; at++) {
        if (!tables->begins_currency[(unsigned char)lower.at[at]])
            continue;
        for (int i = 0; i < tables->currency_count; i++) {
            Slice own = tables->currencies[i];
            if (own.size <= lower.size - at && memcmp(own.at, lower.at + at, (size_t)own.size) == 0)
                return true;
        }
    }
    return false;
}

/* `has_price`; the pattern itself is Python's. */
static bool count_price(const Counting *tables, Page *page, PyObject *own)
{
    PyObject *lower = value_of(&tables->at[AT_lower], own);
    Slice text;
    bool fine = lower != NULL && slice_of(lower, &text);
    if (fine && holds_currency(tables, text)) {
        PyObject *said = PyObject_CallFunctionObjArgs(tables->has_price, lower, NULL);
        int truth = said ? PyObject_IsTrue(said) : -1;
        Py_XDECREF(said);
        fine = truth >= 0;
        page->prices += truth == 1;
    }
    Py_XDECREF(lower);
    return fine;
}

/* Zeros in a row, up to `LEAST_PLACES`. */
static int zeros_of(Slice key)
{
    const char *at = memchr(key.at, '0', (size_t)key.size), *end = key.at + key.size;
    int best = 0;
    for (int run = 0; at != NULL && at < end && best < LEAST_PLACES; at++) {
        run = *at == '0' ? run + 1 : 0;
        best = run > best ? run : best;
    }
    return best;
}

static bool count_zone(const Counting *tables, Page *page, Seen *seen)
{
    PyObject *zone = value_of(&tables->at[AT_zone], seen->verdict);
    int at = 0;
    while (at < ZONES && tables->zones[at] != zone)
        at++;
    Py_XDECREF(zone);
    if (zone == NULL || at == ZONES) {
        if (zone != NULL)
            PyErr_SetString(PyExc_ValueError, "a verdict names no zone");
        return false;
    }
    seen->zone = at;
    page->widths[at] += seen->width;
    page->blocks[at]++;
    if (tables->roles[at] & STORY) {
        page->story_run += seen->width;
        if (seen->count > page->story_longest)
            page->story_longest = seen->count;
        if (page->story_run > page->story_best)
            page->story_best = page->story_run;
    } else if (tables->roles[at] & ENDS) {
        page->story_run = 0;
    }
    return true;
}

/* `_lines`, and copies. */
static bool count_line(const Counting *tables, Page *page, const Seen *seen)
{
    const long *n = tables->sizes;
    PyObject *key = value_of(&tables->at[AT_key], seen->own);
    Slice text;
    bool fine = key != NULL && PySet_Add(page->keys, key) == 0 &&
                PyBytes_AsStringAndSize(key, (char **)&text.at, &text.size) == 0;
    if (fine && seen->sentence) {
        page->text += seen->width;
        page->text_run += seen->width;
        page->text_long += seen->count >= n[N_LONG];
        if (seen->count > page->text_longest)
            page->text_longest = seen->count;
        if (page->text_run > page->text_best)
            page->text_best = page->text_run;
    } else if (fine) {
        int zeros = seen->count <= n[N_HEADLINE] ? zeros_of(text) : 0;
        page->shorts += seen->count <= n[N_SHORT];
        page->heads += seen->count > n[N_SHORT] && seen->count <= n[N_HEADLINE];
        page->days += seen->count <= n[N_SHORT] && zeros == LEAST_PLACES;
        if (seen->count <= n[N_HEADLINE] && zeros > 0)
            fine = count_price(tables, page, seen->own);
        if (seen->count >= n[N_SHORT])
            page->text_run = 0;
    }
    Py_XDECREF(key);
    return fine;
}

/* `_links` and `_marks`, or `_doubt` where no tag marks a block. */
static bool count_markup(const Counting *tables, Page *page, const Seen *seen)
{
    PyObject *markup = value_of(&tables->at[AT_markup], seen->block);
    bool fine = markup != NULL;
    double part = 0;
    if (fine && markup != Py_None) {
        page->tagged++;
        page->tagged_width += seen->width;
        if (page->marks == NULL)
            page->marks = new_marks(tables->sizes[N_WORDS]);
        fine = page->marks != NULL && float_at(&tables->at[AT_linked], markup, &part) &&
               (page->marks->full || add_marks(tables, page->marks, markup));
        if (fine && part > tables->half) {
            page->linked += seen->width;
            page->linked_heads += seen->count > tables->sizes[N_SHORT];
        } else if (fine && seen->sentence) {
            page->free += seen->width;
        }
    } else if (fine) {
        PyObject *text = value_of(&tables->at[AT_text], seen->block);
        Py_ssize_t length = text ? PyUnicode_GetLength(text) : -1;
        Py_XDECREF(text);
        fine = length >= 0 && float_at(&tables->at[AT_confidence], seen->verdict, &part);
        part *= (double)length; /* a statement of its own: a sum is not fused with it */
        page->sure += part;
        page->characters += length;
        if (seen->sentence) {
            bool story = tables->roles[seen->zone] & STORY;
            page->found += story ? seen->count : 0;
            page->told += story || seen->zone == tables->boilerplate ? seen->count : 0;
        }
    }
    Py_XDECREF(markup);
    return fine;
}

/* Add to a number of a dict. */
static bool add_to(PyObject *dict, PyObject *key, int64_t more)
{
    PyObject *before = PyDict_GetItemWithError(dict, key);
    if (before == NULL && PyErr_Occurred())
        return false;
    PyObject *after = PyLong_FromLongLong((before ? PyLong_AsLongLong(before) : 0) + more);
    bool fine = after != NULL && PyDict_SetItem(dict, key, after) == 0;
    Py_XDECREF(after);
    return fine;
}

static bool count_phrases(const Counting *tables, Page *page, PyObject *own)
{
    PyObject *concepts = value_of(&tables->at[AT_concepts], own), *key, *value;
    bool fine = concepts != NULL && PyDict_Check(concepts);
    if (concepts != NULL && !fine)
        PyErr_SetString(PyExc_TypeError, "the concepts of a line are a dict");
    for (Py_ssize_t at = 0; fine && PyDict_Next(concepts, &at, &key, &value);) {
        long number = PyLong_Check(key) ? PyLong_AsLong(key) : -1;
        if (number == -1 && PyErr_Occurred()) {
            fine = false;
        } else if (number >= 0 && number % 4 == tables->sizes[N_WHOLE]) {
            PyObject *concept = PyLong_FromLong(number / 4);
            fine = concept != NULL && add_to(page->phrases, concept, 1);
            Py_XDECREF(concept);
        }
    }
    Py_XDECREF(concepts);
    return fine;
}

/* Blocks of one kind follow each other, so they are counted together. */
static bool count_kind(Page *page, PyObject *kind)
{
    bool fine = kind != NULL;
    if (fine && kind != page->kind) {
        fine = page->kind == NULL || add_to(page->kinds, page->kind, page->of_kind);
        Py_XDECREF(page->kind);
        Py_INCREF(kind);
        page->kind = kind;
        page->of_kind = 0;
    }
    page->of_kind++;
    Py_XDECREF(kind);
    return fine;
}

static bool count_block(const Counting *tables, Page *page, Seen *seen, bool first)
{
    const long *n = tables->sizes;
    const Attribute *at = tables->at;
    if (!number_at(&at[AT_count], seen->own, &seen->count) ||
        !number_at(&at[AT_width], seen->own, &seen->width) ||
        !truth_of(&at[AT_sentence], seen->own, &seen->sentence))
        return false;
    if (first) {
        if (!add_words(tables, &page->words, seen->own, crc(0, "t:", 2), n[N_MOST_WORDS]) ||
            PySet_Clear(page->words.found) < 0) /* a word with "t:" before it is another one */
            return false;
    }
    if (seen->count <= n[N_SHORT] && !page->words.full) {
        if (!add_words(tables, &page->words, seen->own, 0, INT32_MAX))
            return false;
        page->words.full = PySet_Size(page->words.found) > n[N_MOST_WORDS];
    }
    return count_kind(page, value_of(&at[AT_kind], seen->block)) && count_zone(tables, page, seen) && count_line(tables, page, seen) &&
           count_markup(tables, page, seen) && count_phrases(tables, page, seen->own);
}

static PyObject *ints_of(const int64_t *values)
{
    PyObject *tuple = PyTuple_New(ZONES);
    for (int i = 0; tuple != NULL && i < ZONES; i++) {
        PyObject *value = PyLong_FromLongLong(values[i]);
        if (value == NULL || PyTuple_SetItem(tuple, i, value) < 0)
            Py_CLEAR(tuple);
    }
    return tuple;
}

static PyObject *counts_of(const Counting *tables, Page *p)
{
    long words = tables->sizes[N_WORDS];
    p->copies = p->blocks[0] - PySet_Size(p->keys);
    for (int i = 1; i < ZONES; i++)
        p->copies += p->blocks[i];
    PyObject *values = Py_BuildValue(
        "(NNLLLLLLLLLLLLLLLLLdLLOONN)", ints_of(p->widths), ints_of(p->blocks), p->story_best,
        p->story_longest, p->text, p->text_best, p->text_longest, p->text_long, p->shorts, p->heads,
        p->days, p->prices, p->copies, p->tagged, p->tagged_width, p->linked, p->linked_heads,
        p->free, p->characters, p->sure, p->found, p->told, p->kinds, p->phrases,
        numbers_of(p->words.numbers, words),
        numbers_of(p->marks ? p->marks->numbers : NULL, words));
    PyObject *made = values ? PyObject_CallObject(tables->make, values) : NULL;
    Py_XDECREF(values);
    return made;
}

/* count_page(tables, blocks, evidence, verdicts), tuples of one length → `Counts`. */
PyObject *core_count_page(PyObject *module, PyObject *args)
{
    PyObject *given, *blocks, *evidence, *verdicts, *made = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!O!O!", &given, &PyTuple_Type, &blocks, &PyTuple_Type, &evidence,
                          &PyTuple_Type, &verdicts))
        return NULL;
    const Counting *tables = held(given, COUNTING);
    Py_ssize_t count = PyTuple_Size(blocks);
    if (tables == NULL)
        return NULL;
    if (PyTuple_Size(evidence) != count || PyTuple_Size(verdicts) != count) {
        PyErr_SetString(PyExc_ValueError, "evidence or verdicts are of another number of blocks");
        return NULL;
    }
    Page page = {0};
    page.kinds = PyDict_New();
    page.phrases = PyDict_New();
    page.keys = PySet_New(NULL);
    page.words.found = PySet_New(NULL);
    page.words.numbers = PyMem_Calloc((size_t)tables->sizes[N_WORDS], 1);
    if (page.words.numbers == NULL)
        PyErr_NoMemory();
    bool fine = page.kinds && page.phrases && page.keys && page.words.found && page.words.numbers;
    for (Py_ssize_t i = 0; fine && i < count; i++) {
        Seen seen = {PyTuple_GetItem(blocks, i), PyTuple_GetItem(evidence, i),
                     PyTuple_GetItem(verdicts, i), 0, 0, 0, false};
        fine = count_block(tables, &page, &seen, i == 0);
    }
    if (fine && (page.kind == NULL || add_to(page.kinds, page.kind, page.of_kind)))
        made = counts_of(tables, &page);
    free_marks(page.marks);
    PyMem_Free(page.words.numbers);
    Py_XDECREF(page.words.found);
    Py_XDECREF(page.kind);
    Py_XDECREF(page.kinds);
    Py_XDECREF(page.phrases);
    Py_XDECREF(page.keys);
    return made;
}
