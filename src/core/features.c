/* Beside `model/features/__init__.py` and `slots.py`: the tables, and a page's features in order. */

#include "features.h"
#include <math.h>
#include <string.h>

#define AS_TEXT(name) #name,
static const char *const SLOT_NAMES[] = {SLOTS_USED(AS_TEXT)};
static const char *const RANGE_NAMES[] = {RANGES_USED(AS_TEXT)};
static const char *const NUMBER_NAMES[] = {NUMBERS_USED(AS_TEXT)};
static const char *const FACT_NAMES[] = {FACTS_USED(AS_TEXT)};
#define AS_CLASS(class, name) class,
#define AS_ATTRIBUTE(class, name) #name,
static const int CLASS_OF[] = {NAMES_USED(AS_CLASS)};
static const char *const NAMES[] = {NAMES_USED(AS_ATTRIBUTE)};

static bool grow(Index *index)
{
    size_t room = index->room ? 2 * index->room : 256;
    Entry *entries = room > SIZE_MAX / sizeof *entries / 2 ? NULL : PyMem_Calloc(room, sizeof *entries);
    if (entries == NULL) {
        PyErr_NoMemory();
        return false;
    }
    for (size_t i = 0; i < index->room; i++) {
        if (index->entries[i].bytes == NULL)
            continue;
        size_t at = (size_t)index->entries[i].hash & (room - 1);
        while (entries[at].bytes != NULL)
            at = (at + 1) & (room - 1);
        entries[at] = index->entries[i];
    }
    PyMem_Free(index->entries);
    index->entries = entries;
    index->room = room;
    return true;
}

int32_t number_of(Index *index, PyObject *bytes)
{
    char *data, *other;
    Py_ssize_t size, other_size;
    if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0)
        return -1;
    Py_hash_t hash = PyObject_Hash(bytes);
    if ((hash == -1 && PyErr_Occurred()) ||
        ((size_t)index->used * 2 >= index->room && !grow(index)))
        return -1;
    size_t at = (size_t)hash & (index->room - 1);
    for (Entry *entry; (entry = &index->entries[at])->bytes != NULL; at = (at + 1) & (index->room - 1)) {
        if (entry->bytes == bytes)
            return entry->number;
        if (entry->hash != hash)
            continue;
        if (PyBytes_AsStringAndSize(entry->bytes, &other, &other_size) < 0)
            return -1;
        if (size == other_size && memcmp(data, other, (size_t)size) == 0)
            return entry->number;
    }
    if (index->used == INT32_MAX) {
        PyErr_NoMemory();
        return -1;
    }
    Py_INCREF(bytes);
    index->entries[at] = (Entry){hash, bytes, index->used};
    return index->used++;
}

static void free_index(Index *index)
{
    for (size_t i = 0; i < index->room; i++)
        Py_XDECREF(index->entries[i].bytes);
    PyMem_Free(index->entries);
}

/* A number of a table that is handed over. */
static bool look_up(PyObject *in, const char *name, long least, long most, long *to)
{
    PyObject *value = PyDict_GetItemString(in, name);
    *to = value ? PyLong_AsLong(value) : -1;
    if (!PyErr_Occurred() && *to >= least && *to <= most)
        return true;
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_ValueError, "the table has no such %s", name);
    return false;
}

static bool read_range(PyObject *in, const char *name, Range *to)
{
    PyObject *values = PyDict_GetItemString(in, name);
    Py_ssize_t count = values && PyTuple_Check(values) ? PyTuple_Size(values) : -1;
    if (count < 0 || count > MOST_RANGES) {
        PyErr_Format(PyExc_ValueError, "the table has no ranges %s", name);
        return false;
    }
    to->count = (int)count;
    for (int i = 0; i < to->count; i++)
        to->from[i] = PyFloat_AsDouble(PyTuple_GetItem(values, i));
    for (int i = to->count; i < MOST_RANGES; i++)
        to->from[i] = NAN;
    return !PyErr_Occurred();
}

static bool read_signs(Tables *to, const char *signs, Py_ssize_t size)
{
    for (Py_ssize_t i = 0; i < size;) {
        if (to->sign_count == MOST_SIGNS) {
            PyErr_SetString(PyExc_ValueError, "too many signs");
            return false;
        }
        Sign *sign = &to->signs[to->sign_count++];
        to->begins_sign[(unsigned char)signs[i]] = true;
        do
            sign->bytes[sign->size++] = signs[i++];
        while (i < size && ((unsigned char)signs[i] & 0xC0) == 0x80 && sign->size < 4);
    }
    return true;
}

static void free_tables(Tables *tables)
{
    for (int i = 0; i < NAME_COUNT; i++)
        Py_XDECREF(tables->attributes[i].member);
    Py_XDECREF(tables->isupper);
    Py_XDECREF(tables->istitle);
    Py_XDECREF(tables->char_class);
    Py_XDECREF(tables->kinds);
    PyMem_Free(tables);
}

static void drop_tables(PyObject *capsule)
{
    Tables *tables = PyCapsule_GetPointer(capsule, TABLES);
    if (tables != NULL)
        free_tables(tables);
}

static bool read_tables(Tables *to, PyObject *at, PyObject *ranges, PyObject *numbers,
                        PyObject *facts)
{
    long value;
    for (int i = 0; i < SLOT_COUNT; i++) {
        if (!look_up(at, SLOT_NAMES[i], 0, 1 << 20, &value))
            return false;
        to->at[i] = (int32_t)value;
    }
    for (int i = 0; i < RANGE_COUNT; i++)
        if (!read_range(ranges, RANGE_NAMES[i], &to->ranges[i]))
            return false;
    for (int i = 0; i < NUMBER_COUNT; i++)
        if (!look_up(numbers, NUMBER_NAMES[i], 1, 1 << 24, &to->numbers[i]))
            return false;
    for (int i = 0; i < FACT_COUNT; i++) {
        PyObject *start = PyDict_GetItemString(facts, FACT_NAMES[i]);
        to->facts[i] = start ? (uint32_t)PyLong_AsUnsignedLong(start) : 0;
        if (start == NULL || PyErr_Occurred()) {
            if (start == NULL)
                PyErr_Format(PyExc_ValueError, "the table has no fact %s", FACT_NAMES[i]);
            return false;
        }
    }
    long hashes = to->numbers[N_HASHES], markup = to->numbers[N_MARKUP_HASHES];
    if (hashes & (hashes - 1) || markup & (markup - 1) || 5 * (to->ranges[IN_LENGTHS].count / 2) + 3 >= SHAPES) {
        PyErr_SetString(PyExc_ValueError, "a table is of a size that the core does not know");
        return false;
    }
    return true;
}

/* tables((Block, Evidence, Markup), at, ranges, numbers, facts, kinds, signs, ascii_class, ends,
 *        char_class) */
PyObject *core_tables(PyObject *module, PyObject *args)
{
    PyObject *all_classes, *at, *ranges, *numbers, *facts, *kinds, *char_class, *capsule = NULL;
    const char *signs, *classes, *ends;
    Py_ssize_t signs_size, classes_size, ends_size;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O!O!O!O!O!s#y#y#O", &PyTuple_Type, &all_classes, &PyDict_Type, &at, &PyDict_Type, &ranges,
                          &PyDict_Type, &numbers, &PyDict_Type, &facts, &PyDict_Type, &kinds,
                          &signs, &signs_size, &classes, &classes_size, &ends, &ends_size,
                          &char_class))
        return NULL;
    Tables *made = PyMem_Calloc(1, sizeof *made);
    if (made == NULL)
        return PyErr_NoMemory();
    Py_INCREF(kinds);
    made->kinds = kinds;
    Py_INCREF(char_class);
    made->char_class = char_class;
    bool fine = read_tables(made, at, ranges, numbers, facts) && read_signs(made, signs, signs_size);
    if (fine && PyTuple_Size(all_classes) != CLASSES) {
        PyErr_SetString(PyExc_ValueError, "another number of classes is wanted");
        fine = false;
    }
    if (fine && classes_size != (Py_ssize_t)sizeof made->ascii_class) {
        PyErr_SetString(PyExc_ValueError, "a class a character of ASCII is wanted");
        fine = false;
    }
    if (fine)
        memcpy(made->ascii_class, classes, sizeof made->ascii_class);
    for (Py_ssize_t i = 0; fine && i < ends_size; i++)
        made->ends[(unsigned char)ends[i]] = true;
    for (int i = 0; fine && i < NAME_COUNT; i++)
        fine = find_attribute(&made->attributes[i], PyTuple_GetItem(all_classes, CLASS_OF[i]),
                              NAMES[i]);
    made->isupper = PyUnicode_InternFromString("isupper");
    made->istitle = PyUnicode_InternFromString("istitle");
    fine = fine && made->isupper != NULL && made->istitle != NULL;
    Py_hash_t secret = fine ? PyObject_Hash(made->isupper) : -1;
    made->variable = 2 + ((uint64_t)secret & 0xFFFFFFF);
    if (secret != -1)
        capsule = PyCapsule_New(made, TABLES, drop_tables);
    if (capsule == NULL)
        free_tables(made);
    return capsule;
}

/* The markup of each block; None for a page of text, where no block has any. */
static PyObject *markups_of(const Tables *tables, PyObject *blocks)
{
    Py_ssize_t count = PyTuple_Size(blocks);
    PyObject *markups = PyTuple_New(count);
    bool any = false;
    for (Py_ssize_t i = 0; markups != NULL && i < count; i++) {
        PyObject *own = get(tables, PyTuple_GetItem(blocks, i), NAME_markup);
        any = any || (own != NULL && own != Py_None);
        if (own == NULL || PyTuple_SetItem(markups, i, own) < 0)
            Py_CLEAR(markups);
    }
    if (markups == NULL || any)
        return markups;
    Py_DECREF(markups);
    Py_INCREF(Py_None);
    return Py_None;
}

static bool fill(Sheet *sheet, PyObject *blocks, PyObject *evidence, Features *to)
{
    PyObject *markups = markups_of(sheet->tables, blocks);
    bool fine = markups != NULL;
    for (Py_ssize_t i = 0; fine && i < sheet->count; i++)
        fine = block_features(sheet, i, PyTuple_GetItem(blocks, i), PyTuple_GetItem(evidence, i));
    if (fine && sheet->count > 0)
        fine = context_features(sheet, markups == Py_None ? NULL : markups, to);
    Py_XDECREF(markups);
    return fine;
}

/* features(tables, blocks, evidence), both tuples of one length → a capsule. */
PyObject *core_features(PyObject *module, PyObject *args)
{
    PyObject *given, *blocks, *evidence, *capsule = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!O!", &given, &PyTuple_Type, &blocks, &PyTuple_Type, &evidence))
        return NULL;
    Sheet sheet = {0};
    sheet.tables = held(given, TABLES);
    sheet.count = PyTuple_Size(blocks);
    if (sheet.tables == NULL)
        return NULL;
    if (PyTuple_Size(evidence) != sheet.count) {
        PyErr_SetString(PyExc_ValueError, "evidence is of another number of blocks");
        return NULL;
    }
    Features *made = new_features(sheet.count);
    if (made == NULL)
        return NULL;
    sheet.lines = PyMem_Calloc((size_t)sheet.count + 1, sizeof *sheet.lines);
    if (sheet.lines == NULL)
        PyErr_NoMemory();
    else if (fill(&sheet, blocks, evidence, made))
        capsule = PyCapsule_New(made, FEATURES, drop_features);
    for (Py_ssize_t i = 0; sheet.lines != NULL && i < sheet.count; i++) {
        Py_XDECREF(sheet.lines[i].key);
        Py_XDECREF(sheet.lines[i].packed);
    }
    PyMem_Free(sheet.lines);
    PyMem_Free(sheet.own.items);
    PyMem_Free(sheet.content.items);
    PyMem_Free(sheet.slices.items);
    free_words(&sheet.words);
    free_index(&sheet.keys);
    if (capsule == NULL)
        free_features(made);
    return capsule;
}
