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

static bool add_row_once(const Tables *tables, Places *places, int32_t row)
{
    uint32_t *stamp = &places->stamps[row - tables->numbers[N_ROWS]];
    if (*stamp == places->stamp)
        return true;
    *stamp = places->stamp;
    return add_number(&places->shared, row);
}

/* A row of the place; one that is there already is left out. */
static bool add_once(const Tables *tables, Places *places, int fact, Slice value)
{
    return add_row_once(tables, places, row_of(tables, fact, value.at, value.size));
}

/* The same of a part, whose row may be known. */
static bool add_part(const Tables *tables, Places *places, int fact, const Parted *of, Numbers *rows,
                     Py_ssize_t i)
{
    if (rows->items[i] < 0)
        rows->items[i] = row_of(tables, fact, of->parts.items[i].at, of->parts.items[i].size);
    return add_row_once(tables, places, rows->items[i]);
}

static void forget(Parted *parted)
{
    Py_CLEAR(parted->text);
    parted->parts.used = parted->rows.used = parted->near.used = 0;
}

/* How many bytes two texts begin with that are the same. */
static Py_ssize_t same_bytes(Slice one, Slice other)
{
    Py_ssize_t most = one.size < other.size ? one.size : other.size, same = 0;
    while (most - same >= 16 && memcmp(one.at + same, other.at + same, 16) == 0)
        same += 16;
    while (same < most && one.at[same] == other.at[same])
        same++;
    return same;
}

/* Keeps those parts of the last text with which another one begins; where the last of them ends
 * in that, -1 where none is left. */
static Py_ssize_t keep_parts(Parted *parted, Slice is, bool path)
{
    Slice last;
    Py_ssize_t same, end = -1, used = 0;
    if (parted->text == NULL || !slice_of(parted->text, &last))
        return -1;
    same = same_bytes(is, last);
    for (; used < parted->parts.used; used++) {
        Slice *part = &parted->parts.items[used];
        Py_ssize_t next = part->at + part->size - last.at;
        bool whole = next < same || (next == same && (next == is.size || is.at[next] == (path ? '/' : ' ')));
        if (!whole)
            break;
        part->at = is.at + (part->at - last.at);
        end = next;
    }
    parted->parts.used = used;
    return end;
}

/* Rows that are not known yet, of the parts that are new. */
static bool fill_rows(Parted *parted, Numbers *rows)
{
    if (rows->used > parted->parts.used)
        rows->used = parted->parts.used;
    while (rows->used < parted->parts.used)
        if (!add_number(rows, -1))
            return false;
    return true;
}
static bool split_path(Slice path, Slices *to)
{
    for (const char *slash;; path = (Slice){slash + 1, path.at + path.size - slash - 1}) {
        slash = memchr(path.at, '/', (size_t)path.size);
        if (!add_slice(to, path.at, slash ? slash - path.at : path.size))
            return false;
        if (slash == NULL)
            return true;
    }
}

/* The parts of a text; of a text that is no ASCII the words alone, in `keep`. */
static bool part_text(Parted *parted, PyObject *text, bool path, PyObject **keep)
{
    Slice is;
    if (!slice_of(text, &is))
        return false;
    if (!path && PyUnicode_GetLength(text) != is.size) { /* white space as Python sees it */
        forget(parted);
        *keep = PyUnicode_Split(text, NULL, -1);
        for (Py_ssize_t i = 0; *keep != NULL && i < PyList_Size(*keep); i++)
            if (!slice_of(PyList_GetItem(*keep, i), &is) || !add_slice(&parted->parts, is.at, is.size))
                return false;
        return *keep != NULL && fill_rows(parted, &parted->rows) && fill_rows(parted, &parted->near);
    }
    Py_ssize_t end = keep_parts(parted, is, path);
    if (end < 0)
        parted->parts.used = 0;
    if (!fill_rows(parted, &parted->rows) || !fill_rows(parted, &parted->near))
        return false;
    Slice rest = {is.at + end + 1, is.size - end - 1};
    if (end < is.size && !(path ? split_path(rest, &parted->parts) : split(rest, &parted->parts)))
        return false;
    Py_INCREF(text);
    Py_XDECREF(parted->text);
    parted->text = text;
    return fill_rows(parted, &parted->rows) && fill_rows(parted, &parted->near);
}

static bool add_tags(const Tables *tables, Places *places, PyObject *path)
{
    Slice is, last, three;
    const Slices *tags = &places->tags.parts;
    if (!slice_of(path, &is) || !part_text(&places->tags, path, true, NULL))
        return false;
    last = tags->items[tags->used - 1];
    three = tags->items[tags->used > 3 ? tags->used - 3 : 0];
    three.size = is.at + is.size - three.at;
    if (!add_once(tables, places, FACT_path, three) || !add_once(tables, places, FACT_last, last))
        return false;
    for (Py_ssize_t i = 0; i < tags->used; i++)
        if (!add_part(tables, places, FACT_in, &places->tags, &places->tags.rows, i))
            return false;
    return true;
}

/* The parts of a class name between hyphens and low lines, those of three characters and more. */
static bool add_parts(const Tables *tables, Places *places, Slice word)
{
    for (Py_ssize_t from = 0, at = 0, length = 0; at <= word.size; at++) {
        if (at < word.size && word.at[at] != '-' && word.at[at] != '_') {
            length += (word.at[at] & 0xC0) != 0x80;
            continue;
        }
        if (length > 2 && !add_once(tables, places, FACT_part, (Slice){word.at + from, at - from}))
            return false;
        from = at + 1;
        length = 0;
    }
    return true;
}

static bool add_marks(const Tables *tables, Places *places, PyObject *marks)
{
    PyObject *keep = NULL;
    Parted *words = &places->words;
    bool fine = part_text(words, marks, false, &keep);
    Py_ssize_t count = words->parts.used;
    Py_ssize_t near = count - tables->numbers[N_NEAR_WORDS], far = count - tables->numbers[N_FAR_WORDS];
    near = near > 0 ? near : 0;
    for (Py_ssize_t i = near; fine && i < count; i++)
        fine = add_part(tables, places, FACT_near, words, &words->near, i);
    for (Py_ssize_t i = far > 0 ? far : 0; fine && i < count; i++)
        fine = add_part(tables, places, FACT_mark, words, &words->rows, i);
    for (Py_ssize_t i = near; fine && i < count; i++)
        fine = add_parts(tables, places, words->parts.items[i]);
    if (keep != NULL)
        forget(words);
    Py_XDECREF(keep);
    return fine;
}

/* The rows of a place, in place of those of the one before. */
static bool find_place(const Tables *tables, Places *places, PyObject *path, PyObject *marks)
{
    places->shared.used = 0;
    if (++places->stamp == 0) { /* it came round after 2**32 places */
        memset(places->stamps, 0, sizeof(uint32_t) * (size_t)tables->numbers[N_MARKUP_HASHES]);
        places->stamp = 1;
    }
    return add_tags(tables, places, path) && add_marks(tables, places, marks);
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

static void free_parted(Parted *parted)
{
    Py_XDECREF(parted->text);
    PyMem_Free(parted->parts.items);
    PyMem_Free(parted->rows.items);
    PyMem_Free(parted->near.items);
}

void free_places(Places *places)
{
    PyMem_Free(places->stamps);
    PyMem_Free(places->shared.items);
    free_parted(&places->tags);
    free_parted(&places->words);
    Py_XDECREF(places->path);
    Py_XDECREF(places->marks);
}

static bool add_member(const Tables *tables, PyObject *text, int fact, Numbers *to)
{
    Slice is;
    return slice_of(text, &is) && add_number(to, row_of(tables, fact, is.at, is.size));
}

/* A fact a member of a set of texts, sorted: a set has another order in every process. Most have
 * one member or none. */
static bool add_set(const Tables *tables, PyObject *own, int name, int fact, Numbers *to)
{
    PyObject *set = get(tables, own, name), *list = NULL;
    Py_ssize_t size = set ? PyObject_Size(set) : -1;
    bool fine = size >= 0;
    if (fine && size > 0) {
        list = PySequence_List(set);
        fine = list != NULL && (size == 1 || PyList_Sort(list) == 0);
    }
    for (Py_ssize_t i = 0; fine && list != NULL && i < PyList_Size(list); i++)
        fine = add_member(tables, PyList_GetItem(list, i), fact, to);
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
    return append_numbers(to, places->shared.items, places->shared.used) && add_linked(tables, own, to) &&
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
