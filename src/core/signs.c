/* Beside `rules/sight.py`: which blocks of a page have which sign. */

#include "attributes.h"
#include "phrases.h"

#define MOST_SCRIPTS 8
#define MOST_CONCEPTS 4096 /* numbers of stock phrases and their places */

/* A class, and an attribute of it. */
#define ATTRIBUTES_USED(X)                                                                         \
    X(BLOCK, text) X(BLOCK, kind) X(BLOCK, field) X(BLOCK, markup) X(MARKUP, hidden)               \
    X(EVIDENCE, concepts)
/* The signs, in the order of `Signs`; concepts follow them. */
#define SIGNS_USED(X) X(fields) X(rows) X(tagged_rows) X(hidden) X(questions) X(times) X(numbers) X(solid)
#define AS_PLACE(class, name) AT_##name,
#define AS_CLASS(class, name) class,
#define AS_NAME(class, name) #name,
#define AS_SIGN(name) SIGN_##name,
enum { BLOCK, EVIDENCE, MARKUP, CLASSES };
enum { ATTRIBUTES_USED(AS_PLACE) ATTRIBUTE_COUNT };
enum { SIGNS_USED(AS_SIGN) SIGN_COUNT };

typedef struct {
    PyObject *make, *rows;
    PyObject *table; /* the kind of a row of a table */
    Set asks, figures;
    Py_UCS4 scripts[MOST_SCRIPTS][2]; /* first and last character of each */
    int script_count;
    long numbered, beginning, solid, timed;
    bool wanted[MOST_CONCEPTS]; /* concepts that are looked for */
    unsigned char digits, solid_from; /* first bytes from which on a character may be one */
    Attribute at[ATTRIBUTE_COUNT];
} Looking;

/* A page's signs: a list of blocks each, and a dict of such lists. */
typedef struct {
    PyObject *lists[SIGN_COUNT], *concepts;
} Found;

static const char LOOKING[] = "articlecli.looking";
static const char *const NAMES[] = {ATTRIBUTES_USED(AS_NAME)};
static const int CLASS_OF[] = {ATTRIBUTES_USED(AS_CLASS)};

static void free_looking(Looking *tables)
{
    Py_XDECREF(tables->make);
    Py_XDECREF(tables->rows);
    Py_XDECREF(tables->table);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        Py_XDECREF(tables->at[i].member);
    PyMem_Free(tables);
}

static void drop_looking(PyObject *capsule)
{
    Looking *tables = PyCapsule_GetPointer(capsule, LOOKING);
    if (tables != NULL)
        free_looking(tables);
}

static bool read_scripts(Looking *to, PyObject *scripts)
{
    Py_ssize_t count = PyTuple_Size(scripts);
    if (count > MOST_SCRIPTS) {
        PyErr_SetString(PyExc_ValueError, "too many scripts");
        return false;
    }
    to->solid_from = 0xFF;
    for (Py_ssize_t i = 0; i < count; i++)
        for (int end = 0; end < 2; end++) {
            PyObject *pair = PyTuple_GetItem(scripts, i);
            if (!PyUnicode_Check(pair) || PyUnicode_GetLength(pair) != 2) {
                PyErr_SetString(PyExc_ValueError, "a script is its first and last character");
                return false;
            }
            to->scripts[i][end] = PyUnicode_ReadChar(pair, end);
            Slice text;
            if (!slice_of(pair, &text))
                return false;
            if ((unsigned char)text.at[0] < 0xC0) {
                PyErr_SetString(PyExc_ValueError, "a script is beyond ASCII");
                return false;
            }
            if ((unsigned char)text.at[0] < to->solid_from)
                to->solid_from = (unsigned char)text.at[0];
        }
    to->script_count = (int)count;
    return true;
}

static bool read_wanted(Looking *to, PyObject *concepts)
{
    for (Py_ssize_t i = 0; i < PyTuple_Size(concepts); i++) {
        long number = PyLong_AsLong(PyTuple_GetItem(concepts, i));
        if (number < 0 || number >= MOST_CONCEPTS) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a concept is out of range");
            return false;
        }
        to->wanted[number] = true;
    }
    return true;
}

/* sign_tables(make, classes, rows, table, asks, figures, scripts, digits,
 *             (numbered, beginning, solid, timed), concepts) */
PyObject *core_sign_tables(PyObject *module, PyObject *args)
{
    PyObject *make, *classes, *rows, *table, *scripts, *concepts, *capsule = NULL;
    const char *asks, *figures, *digits;
    Py_ssize_t digits_size;
    Looking *made = PyMem_Calloc(1, sizeof *made);
    (void)module;
    if (made == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "OO!O!UssO!s#(llll)O!", &make, &PyTuple_Type, &classes,
                          &PyFrozenSet_Type, &rows, &table, &asks, &figures, &PyTuple_Type,
                          &scripts, &digits, &digits_size, &made->numbered, &made->beginning,
                          &made->solid, &made->timed, &PyTuple_Type, &concepts))
        goto done;
    /* The first character of those with its first byte, so that this byte tells. */
    if (PyTuple_Size(classes) != CLASSES || digits_size != 2 || (unsigned char)digits[1] != 0x80) {
        PyErr_SetString(PyExc_ValueError, "a table is of another size");
        goto done;
    }
    made->digits = (unsigned char)digits[0];
    Py_INCREF(make);
    made->make = make;
    Py_INCREF(rows);
    made->rows = rows;
    Py_INCREF(table);
    made->table = table;
    bool fine = fill_set(&made->asks, asks) && fill_set(&made->figures, figures) &&
                read_scripts(made, scripts) && read_wanted(made, concepts);
    for (int i = 0; fine && i < ATTRIBUTE_COUNT; i++)
        fine = find_attribute(&made->at[i], PyTuple_GetItem(classes, CLASS_OF[i]), NAMES[i]);
    if (fine)
        capsule = PyCapsule_New(made, LOOKING, drop_looking);
done:
    if (capsule == NULL)
        free_looking(made);
    return capsule;
}

static bool add_place(PyObject *list, Py_ssize_t i)
{
    PyObject *number = PyLong_FromSsize_t(i);
    bool fine = number != NULL && PyList_Append(list, number) == 0;
    Py_XDECREF(number);
    return fine;
}

static Py_UCS4 char_at(Slice text, Py_ssize_t at)
{
    Py_ssize_t size = char_size(text, at);
    const unsigned char *byte = (const unsigned char *)text.at + at;
    Py_UCS4 c = size == 1 ? *byte : *byte & (0x7Fu >> size);
    for (Py_ssize_t i = 1; i < size; i++)
        c = c << 6 | (byte[i] & 0x3Fu);
    return c;
}

/* Whether a line may begin with a number. */
static bool may_count(const Looking *tables, Slice text)
{
    long chars = 0;
    for (Py_ssize_t at = 0; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.at[at];
        if ((byte & 0xC0) == 0x80)
            continue;
        if (chars++ == tables->beginning)
            return false;
        if ((byte >= '0' && byte <= '9') || byte >= tables->digits)
            return true;
    }
    return false;
}

static bool is_solid(const Looking *tables, Slice text)
{
    for (Py_ssize_t at = 0; at < text.size; at++) {
        if ((unsigned char)text.at[at] < tables->solid_from)
            continue; /* the rest of a character too */
        Py_UCS4 c = char_at(text, at);
        for (int i = 0; i < tables->script_count; i++)
            if (c >= tables->scripts[i][0] && c <= tables->scripts[i][1])
                return true;
    }
    return false;
}

static bool look_at_text(const Looking *tables, Found *found, Py_ssize_t i, PyObject *block)
{
    PyObject *text = value_of(&tables->at[AT_text], block);
    Slice own;
    bool fine = text != NULL && slice_of(text, &own);
    if (fine && own.size == 0) {
        PyErr_SetString(PyExc_IndexError, "a block has no text");
        fine = false;
    }
    if (fine) {
        Py_ssize_t length = PyUnicode_GetLength(text);
        if (holds(&tables->asks, own, char_before(own, own.size)))
            fine = add_place(found->lists[SIGN_questions], i);
        if (fine && length <= tables->timed && holds(&tables->figures, own, 0))
            fine = add_place(found->lists[SIGN_times], i);
        if (fine && length <= tables->numbered && may_count(tables, own))
            fine = add_place(found->lists[SIGN_numbers], i);
        if (fine && length >= tables->solid && length < own.size && is_solid(tables, own))
            fine = add_place(found->lists[SIGN_solid], i);
    }
    Py_XDECREF(text);
    return fine;
}

static bool look_at_form(const Looking *tables, Found *found, Py_ssize_t i, PyObject *block)
{
    PyObject *kind = value_of(&tables->at[AT_kind], block);
    PyObject *field = value_of(&tables->at[AT_field], block);
    PyObject *markup = value_of(&tables->at[AT_markup], block);
    bool fine = kind != NULL && field != NULL && markup != NULL, hidden;
    if (fine && field != Py_None)
        fine = add_place(found->lists[SIGN_fields], i);
    if (fine && kind != Py_None) {
        int row = PySet_Contains(tables->rows, kind);
        fine = row >= 0 && (row == 0 || add_place(found->lists[SIGN_rows], i));
        if (fine && row && markup != Py_None && PyUnicode_Compare(kind, tables->table) == 0)
            fine = add_place(found->lists[SIGN_tagged_rows], i);
        fine = fine && !PyErr_Occurred();
    }
    if (fine && markup != Py_None)
        fine = truth_of(&tables->at[AT_hidden], markup, &hidden) &&
               (!hidden || add_place(found->lists[SIGN_hidden], i));
    Py_XDECREF(kind);
    Py_XDECREF(field);
    Py_XDECREF(markup);
    return fine;
}

static bool look_at_concepts(const Looking *tables, Found *found, Py_ssize_t i, PyObject *own)
{
    PyObject *concepts = value_of(&tables->at[AT_concepts], own), *key, *value;
    bool fine = concepts != NULL && PyDict_Check(concepts);
    if (concepts != NULL && !fine)
        PyErr_SetString(PyExc_TypeError, "the concepts of a line are a dict");
    for (Py_ssize_t at = 0; fine && PyDict_Next(concepts, &at, &key, &value);) {
        if (!PyLong_CheckExact(key)) { /* what is asked for its hash could change the dict */
            PyErr_SetString(PyExc_TypeError, "a concept is a whole number");
            fine = false;
            break;
        }
        long number = PyLong_AsLong(key);
        if (number == -1 && PyErr_Occurred()) {
            fine = false;
            break;
        }
        if (number < 0 || number >= MOST_CONCEPTS || !tables->wanted[number])
            continue;
        PyObject *list = PyDict_GetItemWithError(found->concepts, key);
        if (list != NULL) {
            fine = add_place(list, i);
            continue;
        }
        list = PyErr_Occurred() ? NULL : PyList_New(0);
        fine = list != NULL && add_place(list, i) && PyDict_SetItem(found->concepts, key, list) == 0;
        Py_XDECREF(list);
    }
    Py_XDECREF(concepts);
    return fine;
}

/* page_signs(tables, blocks, evidence), tuples of one length → `Signs`. */
PyObject *core_page_signs(PyObject *module, PyObject *args)
{
    PyObject *given, *blocks, *evidence, *made = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!O!", &given, &PyTuple_Type, &blocks, &PyTuple_Type, &evidence))
        return NULL;
    const Looking *tables = held(given, LOOKING);
    Py_ssize_t count = PyTuple_Size(blocks);
    if (tables == NULL)
        return NULL;
    if (PyTuple_Size(evidence) != count) {
        PyErr_SetString(PyExc_ValueError, "evidence is of another number of blocks");
        return NULL;
    }
    PyObject *values = PyTuple_New(SIGN_COUNT + 1);
    Found found = {0};
    bool fine = values != NULL;
    for (int sign = 0; fine && sign < SIGN_COUNT; sign++) {
        found.lists[sign] = PyList_New(0);
        fine = found.lists[sign] && PyTuple_SetItem(values, sign, found.lists[sign]) == 0;
    }
    if (fine) {
        found.concepts = PyDict_New();
        fine = found.concepts && PyTuple_SetItem(values, SIGN_COUNT, found.concepts) == 0;
    }
    for (Py_ssize_t i = 0; fine && i < count; i++) {
        PyObject *block = PyTuple_GetItem(blocks, i);
        fine = look_at_form(tables, &found, i, block) && look_at_text(tables, &found, i, block) &&
               look_at_concepts(tables, &found, i, PyTuple_GetItem(evidence, i));
    }
    if (fine)
        made = PyObject_CallObject(tables->make, values);
    Py_XDECREF(values);
    return made;
}
