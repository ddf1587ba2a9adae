/* Beside `article/ledger.py`: lines and spans of parts; and `group_removed` of `article/removed.py`. */

#include "attributes.h"

enum { TEXT, LINES, SPAN, ATTRIBUTE_COUNT };
static const char *const NAMES[] = {"text", "lines", "span"};

typedef struct {
    PyObject *removed;       /* the class of what was removed */
    PyObject *zone, *reason; /* names of two of its fields */
    PyObject *newline;
    Attribute at[ATTRIBUTE_COUNT]; /* of a block */
} Tables;

/* Blocks of a page, and the lines of those that are not of one line. */
typedef struct {
    const Tables *tables;
    PyObject *blocks, *owned; /* a tuple; a dict of lists */
    Py_ssize_t count;
} Page;

/* Ranges in the making. */
typedef struct {
    PyObject *done;         /* a list */
    Py_ssize_t first, last; /* the one that goes on; none where `last` is below 0 */
} Ranges;

static const char LEDGER[] = "articlecli.ledger";

static void free_tables(Tables *tables)
{
    Py_XDECREF(tables->removed);
    Py_XDECREF(tables->zone);
    Py_XDECREF(tables->reason);
    Py_XDECREF(tables->newline);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        Py_XDECREF(tables->at[i].member);
    PyMem_Free(tables);
}

static void drop_tables(PyObject *capsule)
{
    Tables *tables = PyCapsule_GetPointer(capsule, LEDGER);
    if (tables != NULL)
        free_tables(tables);
}

/* ledger_tables(Block, Removed) */
PyObject *core_ledger_tables(PyObject *module, PyObject *args)
{
    PyObject *block, *removed, *capsule = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO", &block, &removed))
        return NULL;
    Tables *made = PyMem_Calloc(1, sizeof *made);
    if (made == NULL)
        return PyErr_NoMemory();
    made->removed = Py_NewRef(removed);
    made->zone = PyUnicode_InternFromString("zone");
    made->reason = PyUnicode_InternFromString("reason");
    made->newline = PyUnicode_InternFromString("\n");
    bool fine = made->zone != NULL && made->reason != NULL && made->newline != NULL;
    for (int i = 0; fine && i < ATTRIBUTE_COUNT; i++)
        fine = find_attribute(&made->at[i], block, NAMES[i]);
    if (fine)
        capsule = PyCapsule_New(made, LEDGER, drop_tables);
    if (capsule == NULL)
        free_tables(made);
    return capsule;
}

static PyObject *block_at(const Page *page, Py_ssize_t i)
{
    if (i >= 0 && i < page->count)
        return PyTuple_GetItem(page->blocks, i);
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_IndexError, "there is no such block");
    return NULL;
}

/* First and last line of a block, and the pair itself, which the caller owns. */
static PyObject *lines_at(const Page *page, Py_ssize_t i, Py_ssize_t *first, Py_ssize_t *last)
{
    PyObject *block = block_at(page, i);
    PyObject *lines = block ? value_of(&page->tables->at[LINES], block) : NULL;
    if (lines != NULL && (!PyTuple_Check(lines) || PyTuple_Size(lines) != 2)) {
        PyErr_SetString(PyExc_TypeError, "lines are a first and a last one");
        Py_CLEAR(lines);
    }
    if (lines == NULL)
        return NULL;
    *first = PyLong_AsSsize_t(PyTuple_GetItem(lines, 0));
    *last = PyErr_Occurred() ? -1 : PyLong_AsSsize_t(PyTuple_GetItem(lines, 1));
    if (PyErr_Occurred() || *first < 1 || *last < *first || *last >= MOST_OF_PAGE) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "lines are numbers from 1 on");
        Py_CLEAR(lines);
    }
    return lines;
}

/* line_owners(tables, blocks) → (first lines, blocks not of one line, whether blocks share lines):
 * a block that shares a line with the one above it or below it is not of one line. */
PyObject *core_line_owners(PyObject *module, PyObject *args)
{
    PyObject *tables;
    Page page = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!", &tables, &PyTuple_Type, &page.blocks))
        return NULL;
    page.tables = held(tables, LEDGER);
    page.count = PyTuple_Size(page.blocks);
    if (page.tables == NULL)
        return NULL;
    PyObject *firsts = PyList_New(page.count), *several = PyList_New(0);
    bool fine = firsts != NULL && several != NULL, shared = false, noted = true;
    Py_ssize_t end = 0; /* the last line of the block above */
    for (Py_ssize_t i = 0; fine && i < page.count; i++) {
        Py_ssize_t first = 0, last = 0;
        PyObject *lines = lines_at(&page, i, &first, &last), *number = NULL;
        fine = lines != NULL && PyList_SetItem(firsts, i, Py_NewRef(PyTuple_GetItem(lines, 0))) == 0;
        Py_XDECREF(lines);
        bool shares = fine && i > 0 && first == end;
        shared |= shares;
        for (Py_ssize_t at = i - (shares && !noted); fine && at <= i; at++) {
            noted = at < i || shares || first != last;
            if (noted) {
                number = PyLong_FromSsize_t(at);
                fine = number != NULL && PyList_Append(several, number) == 0;
                Py_XDECREF(number);
            }
        }
        end = last;
    }
    PyObject *out = fine ? Py_BuildValue("(OOO)", firsts, several, shared ? Py_True : Py_False) : NULL;
    Py_XDECREF(firsts);
    Py_XDECREF(several);
    return out;
}

static bool end_range(Ranges *to)
{
    if (to->last < 0)
        return true;
    PyObject *range = Py_BuildValue("(nn)", to->first, to->last);
    bool fine = range != NULL && PyList_Append(to->done, range) == 0;
    Py_XDECREF(range);
    return fine;
}

static bool add_line(Ranges *to, Py_ssize_t number)
{
    bool fine = number - 1 == to->last || end_range(to);
    if (number - 1 != to->last)
        to->first = number;
    to->last = number;
    return fine;
}

/* Lines of a block: all that it owns. */
static bool add_lines(const Page *page, Ranges *to, Py_ssize_t i, PyObject *owned)
{
    Py_ssize_t first, last;
    if (owned == NULL) {
        PyObject *lines = lines_at(page, i, &first, &last);
        Py_XDECREF(lines);
        return lines != NULL && add_line(to, first);
    }
    if (!PyList_Check(owned)) {
        PyErr_SetString(PyExc_TypeError, "the lines of a block are in a list");
        return false;
    }
    for (Py_ssize_t k = 0; k < PyList_Size(owned); k++) {
        Py_ssize_t number = PyLong_AsSsize_t(PyList_GetItem(owned, k));
        if (PyErr_Occurred() || !add_line(to, number))
            return false;
    }
    return true;
}

/* The lines that a block owns where it is not of one line, else NULL; borrowed. */
static PyObject *owned_by(const Page *page, Py_ssize_t i)
{
    if (PyDict_Size(page->owned) == 0)
        return NULL;
    PyObject *number = PyLong_FromSsize_t(i);
    PyObject *found = number ? PyDict_GetItemWithError(page->owned, number) : NULL;
    Py_XDECREF(number);
    return found;
}

/* `Ledger.lines` */
static PyObject *lines_of(const Page *page, const Py_ssize_t *members, Py_ssize_t count)
{
    Py_ssize_t first, last;
    Ranges ranges = {NULL, 0, -1};
    if (count == 1 && owned_by(page, members[0]) == NULL && !PyErr_Occurred()) {
        PyObject *lines = lines_at(page, members[0], &first, &last);
        PyObject *out = lines ? PyTuple_Pack(1, lines) : NULL;
        Py_XDECREF(lines);
        return out;
    }
    bool fine = (ranges.done = PyList_New(0)) != NULL;
    for (Py_ssize_t k = 0; fine && k < count; k++) {
        PyObject *owned = owned_by(page, members[k]);
        fine = !PyErr_Occurred() && add_lines(page, &ranges, members[k], owned);
    }
    PyObject *out = fine && end_range(&ranges) ? PyList_AsTuple(ranges.done) : NULL;
    Py_XDECREF(ranges.done);
    return out;
}

/* A field of some blocks, in a tuple of all. */
static PyObject *fields_of(const Page *page, int field, const Py_ssize_t *members, Py_ssize_t count)
{
    PyObject *out = PyTuple_New(count);
    for (Py_ssize_t k = 0; out != NULL && k < count; k++) {
        PyObject *block = block_at(page, members[k]);
        PyObject *value = block ? value_of(&page->tables->at[field], block) : NULL;
        if (value == NULL || PyTuple_SetItem(out, k, value) < 0)
            Py_CLEAR(out);
    }
    return out;
}

static PyObject *text_of(const Page *page, const Py_ssize_t *members, Py_ssize_t count)
{
    PyObject *texts = fields_of(page, TEXT, members, count), *out = NULL;
    if (texts != NULL && count == 1 && PyUnicode_Check(PyTuple_GetItem(texts, 0)))
        out = Py_NewRef(PyTuple_GetItem(texts, 0));
    else if (texts != NULL)
        out = PyUnicode_Join(page->tables->newline, texts);
    Py_XDECREF(texts);
    return out;
}

/* One part of what was removed. */
static PyObject *removed_of(const Page *page, PyObject *zone, PyObject *reason,
                            const Py_ssize_t *members, Py_ssize_t count)
{
    const Tables *tables = page->tables;
    PyObject *text = text_of(page, members, count), *out = NULL;
    PyObject *lines = text ? lines_of(page, members, count) : NULL;
    PyObject *spans = lines ? fields_of(page, SPAN, members, count) : NULL;
    PyObject *place = spans ? PyTuple_Pack(3, text, lines, spans) : NULL;
    PyObject *named = place ? PyDict_New() : NULL;
    if (named != NULL && PyDict_SetItem(named, tables->zone, zone) == 0 &&
        PyDict_SetItem(named, tables->reason, reason) == 0)
        out = PyObject_Call(tables->removed, place, named);
    Py_XDECREF(text);
    Py_XDECREF(lines);
    Py_XDECREF(spans);
    Py_XDECREF(place);
    Py_XDECREF(named);
    return out;
}

static bool is_same(PyObject *told, PyObject *other)
{
    return told == other || (PyUnicode_Check(told) && PyUnicode_Check(other) &&
                             PyUnicode_Compare(told, other) == 0);
}

/* A block that is in no other part, and why. */
typedef struct {
    Py_ssize_t at;
    PyObject *reason; /* borrowed */
} Left;

/* Puts the parts that some blocks make up into a list; the zones are those of all blocks. */
static bool add_groups(const Page *page, PyObject *to, PyObject *zones, const Left *left,
                       Py_ssize_t *members, Py_ssize_t count)
{
    bool fine = true;
    for (Py_ssize_t start = 0, end; fine && start < count; start = end) {
        PyObject *zone = PyTuple_GetItem(zones, left[start].at);
        for (end = start; end < count; end++) {
            if (end > start && (left[end].at != left[end - 1].at + 1 ||
                                PyTuple_GetItem(zones, left[end].at) != zone ||
                                !is_same(left[end].reason, left[start].reason)))
                break;
            members[end] = left[end].at;
        }
        PyObject *made =
            removed_of(page, zone, left[start].reason, members + start, end - start);
        fine = made != NULL && PyList_Append(to, made) == 0;
        Py_XDECREF(made);
    }
    return fine;
}

/* Removed blocks with their reasons, and other pairs of such, in one order of the page. */
static bool merge(const Page *page, Left *to, PyObject *members, PyObject *reasons, PyObject *pairs)
{
    Py_ssize_t k = 0, count = PyTuple_Size(members), more = PyTuple_Size(pairs);
    for (Py_ssize_t j = 0; j <= more; j++) {
        Left other = {PY_SSIZE_T_MAX, NULL};
        PyObject *pair = j < more ? PyTuple_GetItem(pairs, j) : NULL;
        if (pair != NULL && !PyTuple_Check(pair)) {
            PyErr_SetString(PyExc_TypeError, "a block and its reason are a pair");
            return false;
        }
        if (pair != NULL && !PyArg_ParseTuple(pair, "nU", &other.at, &other.reason))
            return false;
        for (; k < count; k++) {
            Left own = {PyLong_AsSsize_t(PyTuple_GetItem(members, k)), PyTuple_GetItem(reasons, k)};
            if (block_at(page, own.at) == NULL)
                return false;
            if (own.at > other.at)
                break;
            *to++ = own;
        }
        if (pair != NULL && block_at(page, other.at) == NULL)
            return false;
        *to++ = other;
    }
    return true;
}

/* group_removed(tables, blocks, owned, zones, members, reasons, left_out) → a list of `Removed`:
 * blocks in a row with the same zone and reason are one part. `left_out` has pairs of a block and
 * its reason, in page order as the members are. */
PyObject *core_group_removed(PyObject *module, PyObject *args)
{
    enum { ZONES_OF, MEMBERS, REASONS_OF, PAIRS, GIVEN };
    PyObject *tables, *given[GIVEN], *out = NULL;
    Page page = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!O!OOOO", &tables, &PyTuple_Type, &page.blocks, &PyDict_Type,
                          &page.owned, &given[ZONES_OF], &given[MEMBERS], &given[REASONS_OF],
                          &given[PAIRS]))
        return NULL;
    page.tables = held(tables, LEDGER);
    if (page.tables == NULL)
        return NULL;
    page.count = PyTuple_Size(page.blocks);
    bool fine = true;
    for (int i = 0; i < GIVEN; i++) /* what is a list could change */
        fine = (given[i] = fine ? PySequence_Tuple(given[i]) : NULL) != NULL;
    Left *left = NULL;
    Py_ssize_t *members = NULL, count = fine ? PyTuple_Size(given[MEMBERS]) : 0;
    if (fine && (PyTuple_Size(given[ZONES_OF]) != page.count ||
                 PyTuple_Size(given[REASONS_OF]) != count)) {
        PyErr_SetString(PyExc_ValueError, "blocks, zones and reasons do not fit");
        fine = false;
    }
    if (fine) {
        count += PyTuple_Size(given[PAIRS]);
        left = PyMem_Calloc((size_t)count + 1, sizeof *left);
        members = PyMem_Calloc((size_t)count + 1, sizeof *members);
        if (left == NULL || members == NULL)
            fine = PyErr_NoMemory() != NULL;
    }
    if (fine && merge(&page, left, given[MEMBERS], given[REASONS_OF], given[PAIRS]) &&
        (out = PyList_New(0)) != NULL &&
        !add_groups(&page, out, given[ZONES_OF], left, members, count))
        Py_CLEAR(out);
    PyMem_Free(left);
    PyMem_Free(members);
    for (int i = 0; i < GIVEN; i++)
        Py_XDECREF(given[i]);
    return out;
}

static bool put_value(PyObject *to, PyObject *number, PyObject *value)
{
    Py_ssize_t line = PyLong_AsSsize_t(number);
    if (line >= 1 && line <= PyTuple_Size(to))
        return PyTuple_SetItem(to, line - 1, Py_NewRef(value)) == 0;
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_IndexError, "there is no such line");
    return false;
}

/* Of lines that are shared, the owner comes last. */
static bool put_owned(PyObject *to, PyObject *owned, PyObject *values)
{
    PyObject *block, *numbers;
    Py_ssize_t place = 0;
    bool fine = true;
    while (fine && PyDict_Next(owned, &place, &block, &numbers)) {
        PyObject *value = PyTuple_GetItem(values, PyLong_AsSsize_t(block));
        fine = value != NULL && PyList_Check(numbers);
        for (Py_ssize_t k = 0; fine && k < PyList_Size(numbers); k++)
            fine = put_value(to, PyList_GetItem(numbers, k), value);
    }
    if (!fine && !PyErr_Occurred())
        PyErr_SetString(PyExc_TypeError, "the lines of a block are in a list");
    return fine;
}

/* by_line(lines of the page, first lines, owned, values) → the value of each line, None for a blank one */
PyObject *core_by_line(PyObject *module, PyObject *args)
{
    PyObject *lines, *firsts, *owned, *values;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!O!O", &PyTuple_Type, &lines, &PyList_Type, &firsts,
                          &PyDict_Type, &owned, &values))
        return NULL;
    if ((values = PySequence_Tuple(values)) == NULL)
        return NULL;
    Py_ssize_t count = PyTuple_Size(lines);
    PyObject *out = PyTuple_New(count);
    bool fine = out != NULL && PyList_Size(firsts) == PyTuple_Size(values);
    if (out != NULL && !fine)
        PyErr_SetString(PyExc_ValueError, "there is a value a block");
    for (Py_ssize_t i = 0; fine && i < count; i++)
        fine = PyTuple_SetItem(out, i, Py_NewRef(Py_None)) == 0;
    for (Py_ssize_t i = 0; fine && i < PyList_Size(firsts); i++)
        fine = put_value(out, PyList_GetItem(firsts, i), PyTuple_GetItem(values, i));
    if (fine && !put_owned(out, owned, values))
        fine = false;
    Py_DECREF(values);
    if (!fine)
        Py_CLEAR(out);
    return out;
}
