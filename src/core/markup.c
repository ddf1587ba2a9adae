/* Beside `model/features/html.py`: features of a block of HTML. */

#include "features.h"
#include <string.h>

static int32_t row_of(const Tables *tables, int fact, const char *value, Py_ssize_t size)
{
    uint32_t mask = (uint32_t)tables->numbers[N_MARKUP_HASHES] - 1;
    return (int32_t)(tables->numbers[N_ROWS] + (long)(crc(tables->facts[fact], value, size) & mask));
}

static bool add_fact(const Tables *tables, Numbers *to, int fact, const char *value)
{
    return add_number(to, row_of(tables, fact, value, (Py_ssize_t)strlen(value)));
}

/* A row of the place; one that is there already is left out. */
static bool add_once(const Tables *tables, Places *places, int fact, const char *value,
                     Py_ssize_t size)
{
    int32_t row = row_of(tables, fact, value, size);
    uint32_t *stamp = &places->stamps[row - tables->numbers[N_ROWS]];
    if (*stamp == places->stamp)
        return true;
    *stamp = places->stamp;
    return add_number(&places->shared, row);
}

static bool add_tags(const Tables *tables, Places *places, const char *path, Py_ssize_t size)
{
    /* Where the last three tags begin, and the last one. */
    Py_ssize_t three = size, last = size;
    for (int slashes = 0; three > 0; three--)
        if (path[three - 1] == '/') {
            if (slashes == 0)
                last = three;
            if (++slashes == 3)
                break;
        }
    if (memchr(path, '/', (size_t)size) == NULL)
        last = 0;
    if (!add_once(tables, places, FACT_path, path + three, size - three) ||
        !add_once(tables, places, FACT_last, path + last, size - last))
        return false;
    for (Py_ssize_t from = 0;;) {
        const char *slash = memchr(path + from, '/', (size_t)(size - from));
        Py_ssize_t end = slash ? slash - path : size;
        if (!add_once(tables, places, FACT_in, path + from, end - from))
            return false;
        if (slash == NULL)
            return true;
        from = end + 1;
    }
}

/* The parts of a class name between hyphens and low lines, those of three characters and more. */
static bool add_parts(const Tables *tables, Places *places, const char *word, Py_ssize_t size)
{
    for (Py_ssize_t from = 0, at = 0, length = 0; at <= size; at++) {
        if (at < size && word[at] != '-' && word[at] != '_') {
            length += (word[at] & 0xC0) != 0x80;
            continue;
        }
        if (length > 2 && !add_once(tables, places, FACT_part, word + from, at - from))
            return false;
        from = at + 1;
        length = 0;
    }
    return true;
}

static bool add_marks(const Tables *tables, Places *places, PyObject *marks)
{
    Slice text, word;
    long near = tables->numbers[N_NEAR_WORDS], far = tables->numbers[N_FAR_WORDS];
    long most = near > far ? near : far, count = 0;
    if (!slice_of(marks, &text))
        return false;
    /* From the last one back: there may be hundreds. */
    for (places->words.used = 0; count < most && last_word(&text, &word); count++)
        if (!add_slice(&places->words, word.at, word.size))
            return false;
    for (int pass = 0; pass < 3; pass++) {
        long from = pass == 1 ? far : near;
        for (long i = from < count ? from : count; i-- > 0;) {
            word = places->words.items[i];
            if (!(pass == 2 ? add_parts(tables, places, word.at, word.size)
                            : add_once(tables, places, pass ? FACT_mark : FACT_near, word.at,
                                       word.size)))
                return false;
        }
    }
    return true;
}

/* The rows of a place, in place of those of the one before. */
static bool find_place(const Tables *tables, Places *places, PyObject *path, PyObject *marks)
{
    Py_ssize_t size;
    const char *tags = PyUnicode_AsUTF8AndSize(path, &size);
    places->shared.used = 0;
    if (++places->stamp == 0) { /* it came round after 2**32 places */
        memset(places->stamps, 0, sizeof(uint32_t) * (size_t)tables->numbers[N_MARKUP_HASHES]);
        places->stamp = 1;
    }
    return tags != NULL && add_tags(tables, places, tags, size) && add_marks(tables, places, marks);
}

/* Path and marks of block i of `markups`; NULLs where it has none, or is none. */
static bool look_up(const Tables *tables, PyObject *markups, Py_ssize_t i, PyObject **path,
                    PyObject **marks)
{
    PyObject *own = i < PyTuple_Size(markups) ? PyTuple_GetItem(markups, i) : Py_None;
    *path = *marks = NULL;
    if (own == Py_None)
        return true;
    *path = get(tables, own, NAME_path);
    *marks = *path ? get(tables, own, NAME_marks) : NULL;
    if (*marks != NULL)
        return true;
    Py_CLEAR(*path);
    return false;
}

/* `_alike`, of the block at hand and another; -1 with an exception. */
static int alike(const Places *places, PyObject *path, PyObject *marks)
{
    if (places->path == NULL || path == NULL)
        return 4;
    int same = places->path == path ? 1 : PyObject_RichCompareBool(places->path, path, Py_EQ);
    if (same < 0)
        return -1;
    int too = places->marks == marks ? 1 : PyObject_RichCompareBool(places->marks, marks, Py_EQ);
    return too < 0 ? -1 : same + 2 * too;
}

bool open_places(const Tables *tables, PyObject *markups, Places *places)
{
    places->above = 4;
    places->stamps = PyMem_Calloc((size_t)tables->numbers[N_MARKUP_HASHES], sizeof(uint32_t));
    if (places->stamps == NULL)
        PyErr_NoMemory();
    return places->stamps && look_up(tables, markups, 0, &places->path, &places->marks);
}

void free_places(Places *places)
{
    PyMem_Free(places->stamps);
    PyMem_Free(places->shared.items);
    PyMem_Free(places->words.items);
    Py_XDECREF(places->path);
    Py_XDECREF(places->marks);
}

/* A fact a member of a set of texts, sorted: a set has another order in every process. */
static bool add_set(const Tables *tables, PyObject *own, int name, int fact, Numbers *to)
{
    PyObject *set = get(tables, own, name);
    PyObject *list = set && PyObject_Size(set) > 0 ? PySequence_List(set) : NULL;
    bool fine = set != NULL && (list == NULL || PyList_Sort(list) == 0) && !PyErr_Occurred();
    for (Py_ssize_t i = 0, size; fine && list != NULL && i < PyList_Size(list); i++) {
        const char *text = PyUnicode_AsUTF8AndSize(PyList_GetItem(list, i), &size);
        fine = text != NULL && add_number(to, row_of(tables, fact, text, size));
    }
    Py_XDECREF(list);
    Py_XDECREF(set);
    return fine;
}

static const char *const DIGITS[] = {"0", "1", "2", "3", "4"};

static bool add_linked(const Tables *tables, PyObject *own, Numbers *to)
{
    PyObject *linked = get(tables, own, NAME_linked);
    double share = linked ? PyFloat_AsDouble(linked) : 0;
    Py_XDECREF(linked);
    if (PyErr_Occurred())
        return false;
    if (!(share >= 0 && share <= 1)) {
        PyErr_SetString(PyExc_ValueError, "a share lies between 0 and 1");
        return false;
    }
    return add_fact(tables, to, FACT_linked, DIGITS[(int)(share * 3)]);
}

static bool add_facts(const Tables *tables, PyObject *own, const Places *places, int below,
                      Numbers *to)
{
    bool strong;
    for (Py_ssize_t k = 0; k < places->shared.used; k++)
        if (!add_number(to, places->shared.items[k]))
            return false;
    return add_linked(tables, own, to) &&
           add_fact(tables, to, FACT_above, DIGITS[places->above]) &&
           add_fact(tables, to, FACT_below, DIGITS[below]) &&
           truth_of(&tables->attributes[NAME_strong], own, &strong) &&
           (!strong || add_fact(tables, to, FACT_strong, "")) &&
           add_set(tables, own, NAME_declared, FACT_declared, to) &&
           add_set(tables, own, NAME_inline, FACT_inline, to);
}

/* Features of block i of `markups`, of each in turn; nothing for a block without markup. */
bool markup_features(const Tables *tables, PyObject *markups, Py_ssize_t i, Places *places,
                     Numbers *to)
{
    PyObject *path, *marks;
    if (!look_up(tables, markups, i + 1, &path, &marks))
        return false;
    int below = alike(places, path, marks);
    bool fine = below >= 0;
    if (fine && places->path != NULL) {
        if (places->above != 3) /* another place than that of the block before */
            fine = find_place(tables, places, places->path, places->marks);
        fine = fine && add_facts(tables, PyTuple_GetItem(markups, i), places, below, to);
    }
    Py_XDECREF(places->path);
    Py_XDECREF(places->marks);
    places->path = path;
    places->marks = marks;
    places->above = below;
    return fine;
}
