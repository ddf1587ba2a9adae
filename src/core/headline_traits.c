/* Beside `model/headline.py`: traits of the candidates, and what they weigh. */

#include "headline.h"
#include <string.h>

enum { UPPER = 4, CASES = 8 }; /* of what `case_of` tells */

/* The blocks of the story that are looked at. */
static bool find_story(Scene *scene)
{
    scene->start = start_of(scene->tables, scene->verdicts);
    for (Py_ssize_t i = scene->start;
         i >= 0 && i < scene->count && scene->story_count < scene->tables->sizes[N_STORY]; i++) {
        int zone = zone_of(scene->tables, PyTuple_GetItem(scene->verdicts, i));
        if (zone < 0)
            return false;
        if (scene->tables->is_story[zone])
            scene->story[scene->story_count++] = i;
    }
    return scene->start >= 0;
}

/* Ranges that a number is beyond the beginning of: `bisect`. */
static int range_of(const Range *range, double value)
{
    int at = 0;
    while (at < range->count && !(value < range->from[at]))
        at++;
    return at;
}

static bool add(const Headlines *tables, int group, int64_t number, int64_t *to)
{
    int64_t at = tables->of[group] + number;
    if (at < 0 || at >= tables->weight_count) {
        PyErr_SetString(PyExc_ValueError, "a trait has no weight");
        return false;
    }
    *to += tables->weights[at];
    return true;
}

static bool add_share(const Scene *scene, int m, int group, int64_t *to)
{
    const Numbers *of = &scene->words.of_member;
    Py_ssize_t from = m ? scene->members[m - 1].words_end : 0;
    Py_ssize_t end = scene->members[m].words_end, found = 0;
    const Range *shares = &scene->tables->ranges[IN_SHARES];
    for (Py_ssize_t k = from; k < end; k++) {
        const Word *word = &scene->words.places[of->items[k]];
        found += group == OF_story ? word->told : word->often;
    }
    int share = end > from ? range_of(shares, (double)found / (double)(end - from))
                           : shares->count + 1;
    return add(scene->tables, group, share, to);
}

/* Which of some texts a text holds, a bit each. */
static unsigned found_in(Slice text, const Texts *what)
{
    unsigned found = 0;
    for (Py_ssize_t at = 0; at < text.size; at++) {
        if (!what->begins[(unsigned char)text.at[at]])
            continue;
        for (int i = 0; i < what->count; i++) {
            Slice own = what->items[i];
            if (!(found >> i & 1) && own.size <= text.size - at &&
                memcmp(own.at, text.at + at, (size_t)own.size) == 0)
                found |= 1u << i;
        }
    }
    return found;
}

/* A trait for each bit. */
static bool add_found(const Headlines *tables, int group, unsigned found, int64_t *to)
{
    for (int i = 0; found >> i; i++)
        if (found >> i & 1 && !add(tables, group, i, to))
            return false;
    return true;
}

/* `_words`: what the words have to do with the rest of the page. */
static bool add_words(const Scene *scene, int m, int64_t *to)
{
    const Member *own = &scene->members[m];
    int copies = own->copies < 3 ? own->copies : 3, same = 0;
    if (own->at > 0) {
        PyObject *first = value_of(&scene->tables->at[AT_key], PyTuple_GetItem(scene->evidence, 0));
        Py_ssize_t size = first ? PyBytes_Size(first) : -1;
        int inside = size < 0 ? -1 : size < own->key_text.size ? 0 : PySequence_Contains(first, own->key);
        Py_XDECREF(first);
        if (inside < 0)
            return false;
        same = !inside ? 3 : size == own->key_text.size ? 2 : 1;
    }
    return add_share(scene, m, OF_story, to) && add_share(scene, m, OF_often, to) &&
           add(scene->tables, OF_copies, copies - 1, to) &&
           add(scene->tables, OF_first, same, to);
}

static Py_UCS4 last_of(PyObject *text)
{
    return PyUnicode_ReadChar(text, PyUnicode_GetLength(text) - 1);
}

/* How a text begins, and whether it is of capitals; -1 with an exception. Beyond ASCII it is asked,
 * but where a small letter tells already that it is not. */
static long case_of(const Headlines *tables, PyObject *text, Slice own)
{
    bool upper = false, lower = false, wide = false;
    for (Py_ssize_t i = 0; i < own.size; i++) {
        upper |= own.at[i] >= 'A' && own.at[i] <= 'Z';
        lower |= own.at[i] >= 'a' && own.at[i] <= 'z';
        wide |= (unsigned char)own.at[i] >= 0x80;
    }
    char first = own.at[0];
    if ((unsigned char)first < 0x80 && (lower || !wide))
        return (first >= 'a' && first <= 'z' ? 0 : first >= 'A' && first <= 'Z' ? 1
                : first >= '0' && first <= '9' ? 2 : 3) + UPPER * (upper && !lower);
    PyObject *said = PyObject_CallFunctionObjArgs(tables->ask_case, text, NULL);
    long told = said ? PyLong_AsLong(said) : -1;
    Py_XDECREF(said);
    if (told >= 0 && told < CASES)
        return told;
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "a text has no such case");
    return -1;
}

/* Of `_form`, what the text tells. */
static bool add_text(const Headlines *tables, const Member *member, PyObject *text, int64_t *to)
{
    Slice own, key = member->key_text;
    if (!slice_of(text, &own))
        return false;
    if (own.size == 0) {
        PyErr_SetString(PyExc_IndexError, "a block has no text");
        return false;
    }
    long told = case_of(tables, text, own);
    Py_UCS4 last = last_of(text);
    int end = 0;
    while (end < tables->end_count && tables->ends[end].sign != last)
        end++;
    Py_ssize_t zeros = 0;
    for (Py_ssize_t i = 0; i < key.size; i++)
        zeros += key.at[i] == '0';
    /* Signs that are in no list are of the last kind. */
    bool fine = told >= 0 && add(tables, OF_start, told % UPPER, to) &&
                add(tables, OF_end, end < tables->end_count ? tables->ends[end].number
                                    : tables->of[OF_end + 1] - tables->of[OF_end] - 1, to) &&
                (told < UPPER || add(tables, OF_form, 0, to)) &&
                (3 * zeros <= key.size || add(tables, OF_form, 1, to));
    return fine && add_found(tables, OF_sign, found_in(own, &tables->signs), to);
}

/* Whether a whole stock phrase is among those of a block; -1 with an exception. */
static int is_phrase(const Headlines *tables, PyObject *own)
{
    PyObject *concepts = value_of(&tables->at[AT_concepts], own), *key, *value;
    int found = concepts != NULL && PyDict_Check(concepts) ? 0 : -1;
    if (concepts != NULL && found < 0)
        PyErr_SetString(PyExc_TypeError, "the concepts of a line are a dict");
    for (Py_ssize_t at = 0; found == 0 && PyDict_Next(concepts, &at, &key, &value);) {
        long number = PyLong_Check(key) ? PyLong_AsLong(key) : -1;
        if (number == -1 && PyErr_Occurred())
            found = -1;
        else
            found = number >= 0 && number % 4 == tables->sizes[N_WHOLE];
    }
    Py_XDECREF(concepts);
    return found;
}

/* `_tags` */
static bool add_tags(const Headlines *tables, PyObject *markup, int64_t *to)
{
    const Attribute *at = tables->at;
    PyObject *path = value_of(&at[AT_path], markup), *marks = value_of(&at[AT_marks], markup);
    PyObject *declared = value_of(&at[AT_declared], markup);
    Slice path_text, marks_text;
    double linked = 0;
    bool hidden = false;
    int count = tables->tags.count;
    int says = declared ? PySequence_Contains(declared, tables->declared) : -1;
    bool fine = says >= 0 && path && marks && slice_of(path, &path_text) &&
                slice_of(marks, &marks_text) && float_at(&at[AT_linked], markup, &linked) &&
                truth_of(&at[AT_hidden], markup, &hidden);
    fine = fine && add_found(tables, OF_tag, found_in(path_text, &tables->tags), to) && (!says || add(tables, OF_tag, count, to)) &&
           (!(linked > tables->limits[LIMIT_HALF]) || add(tables, OF_tag, count + 1, to)) &&
           (!hidden || add(tables, OF_tag, count + 2, to)) &&
           (!found_in(marks_text, &tables->marks) || add(tables, OF_tag, count + 3, to));
    Py_XDECREF(path);
    Py_XDECREF(marks);
    Py_XDECREF(declared);
    return fine;
}

/* `_form`: what a block is by itself. */
static bool add_form(const Scene *scene, const Member *member, int64_t *to)
{
    const Headlines *tables = scene->tables;
    const Attribute *at = tables->at;
    PyObject *block = PyTuple_GetItem(scene->blocks, member->at);
    PyObject *own = PyTuple_GetItem(scene->evidence, member->at);
    PyObject *text = value_of(&at[AT_text], block), *kind = value_of(&at[AT_kind], block);
    PyObject *markup = value_of(&at[AT_markup], block);
    int64_t words, level = 0;
    int phrase = is_phrase(tables, own);
    bool fine = phrase >= 0 && text && kind && markup &&
                number_at(&at[AT_count], own, &words) && number_at(&at[AT_level], block, &level) &&
                add(tables, OF_words, range_of(&tables->ranges[IN_COUNTS], (double)words), to) &&
                (!phrase || add(tables, OF_form, 2, to)) && add_text(tables, member, text, to);
    if (fine && kind != Py_None && level > 0) {
        bool heading = PyUnicode_Compare(kind, tables->kind) == 0;
        fine = !PyErr_Occurred() &&
               (!heading || add(tables, OF_mark, (level < 4 ? level : 4) - 1, to));
    }
    if (fine && markup != Py_None)
        fine = add_tags(tables, markup, to);
    Py_XDECREF(text);
    Py_XDECREF(kind);
    Py_XDECREF(markup);
    return fine;
}

/* The zone of a block, or what stands for it above the first and below the last. */
static int zone_at(const Scene *scene, Py_ssize_t at)
{
    return at < 0 || at >= scene->count
               ? ZONES
               : zone_of(scene->tables, PyTuple_GetItem(scene->verdicts, at));
}

/* The worth of a candidate; `strong` counts those before it that are strong. */
static bool weigh(const Scene *scene, int m, int *strong, int64_t *to)
{
    const Headlines *tables = scene->tables;
    const Member *own = &scene->members[m];
    int zone = zone_at(scene, own->at), above = zone_at(scene, own->at - 1);
    int next = zone_at(scene, own->at + 1);
    Row row;
    if (zone < 0 || above < 0 || next < 0 ||
        !read_row(tables, PyTuple_GetItem(scene->verdicts, own->at), &row))
        return false;
    if (!row.any) {
        PyErr_SetString(PyExc_ValueError, "a candidate has no scores");
        return false;
    }
    double margin = (double)(row.title - row.rest) * row.unit;
    bool is_strong = margin > tables->limits[LIMIT_STRONG];
    int order = !is_strong ? 3 : *strong < 2 ? *strong : 2;
    double place = (double)(scene->start - own->at);
    *strong += is_strong;
    return add(tables, OF_margin, range_of(&tables->ranges[IN_MARGINS], margin), to) &&
           add(tables, OF_order, order, to) && add(tables, OF_zone, zone, to) &&
           add(tables, OF_place, range_of(&tables->ranges[IN_DISTANCES], place), to) &&
           add(tables, OF_next, next, to) && add(tables, OF_above, above, to) &&
           add_form(scene, own, to) && add_words(scene, m, to);
}

static PyObject *worths_of(const Scene *scene)
{
    PyObject *list = PyList_New(scene->member_count);
    int strong = 0;
    for (int m = 0; list != NULL && m < scene->member_count; m++) {
        int64_t worth = 0;
        PyObject *number =
            weigh(scene, m, &strong, &worth) ? PyLong_FromLongLong(worth) : NULL;
        if (number == NULL || PyList_SetItem(list, m, number) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* weigh(tables, blocks, evidence, verdicts, members) → a number each. */
PyObject *core_weigh(PyObject *module, PyObject *args)
{
    PyObject *given, *members, *list = NULL;
    (void)module;
    Scene *scene = PyMem_Calloc(1, sizeof *scene);
    if (scene == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "OO!O!O!O!", &given, &PyTuple_Type, &scene->blocks, &PyTuple_Type,
                          &scene->evidence, &PyTuple_Type, &scene->verdicts, &PyList_Type,
                          &members))
        goto done;
    scene->tables = held(given, HEADLINES);
    scene->count = PyTuple_Size(scene->blocks);
    if (scene->tables != NULL && of_one_length(scene->blocks, scene->evidence) &&
        of_one_length(scene->blocks, scene->verdicts) && find_story(scene) &&
        open_members(scene, members) && read_members(scene) && read_story(scene) &&
        count_copies(scene))
        list = worths_of(scene);
    for (int i = 0; i < scene->member_count; i++) {
        Py_XDECREF(scene->members[i].key);
        close_words(&scene->members[i].reader);
    }
    PyMem_Free(scene->words.places);
    PyMem_Free(scene->words.of_member.items);
done:
    PyMem_Free(scene);
    return list;
}
