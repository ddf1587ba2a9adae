/* Beside `model/headline.py`: its tables, and which blocks may be the story's headline. */

#include "headline.h"

#define HIGHEST ((int64_t)1 << 40) /* of a score */
#define AS_CLASS(class, name) class,
#define AS_NAME(class, name) #name,

const char HEADLINES[] = "articlecli.headlines";
static const char *const NAMES[] = {ATTRIBUTES_USED(AS_NAME)};
static const int CLASS_OF[] = {ATTRIBUTES_USED(AS_CLASS)};

static void free_headlines(Headlines *tables)
{
    Py_XDECREF(tables->kept);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        Py_XDECREF(tables->at[i].member);
    PyMem_Free(tables);
}

static void drop_headlines(PyObject *capsule)
{
    Headlines *tables = PyCapsule_GetPointer(capsule, HEADLINES);
    if (tables != NULL)
        free_headlines(tables);
}

static bool of_size(PyObject *tuple, Py_ssize_t least, Py_ssize_t most)
{
    if (PyTuple_Check(tuple) && PyTuple_Size(tuple) >= least && PyTuple_Size(tuple) <= most)
        return true;
    PyErr_SetString(PyExc_ValueError, "a table is of another size");
    return false;
}

static bool read_numbers(PyObject *tuple, Py_ssize_t least, Py_ssize_t most, long *to)
{
    if (!of_size(tuple, least, most))
        return false;
    for (Py_ssize_t i = 0; i < PyTuple_Size(tuple); i++) {
        to[i] = PyLong_AsLong(PyTuple_GetItem(tuple, i));
        if (to[i] == -1 && PyErr_Occurred())
            return false;
        if (to[i] < INT32_MIN || to[i] > INT32_MAX) {
            PyErr_SetString(PyExc_OverflowError, "a number of a table is out of range");
            return false;
        }
    }
    return true;
}

static bool read_doubles(PyObject *tuple, Py_ssize_t least, Py_ssize_t most, double *to)
{
    if (!of_size(tuple, least, most))
        return false;
    for (Py_ssize_t i = 0; i < PyTuple_Size(tuple); i++) {
        to[i] = PyFloat_AsDouble(PyTuple_GetItem(tuple, i));
        if (to[i] == -1.0 && PyErr_Occurred())
            return false;
    }
    return true;
}

static bool read_texts(PyObject *tuple, Texts *to)
{
    if (!of_size(tuple, 1, MOST_TEXTS))
        return false;
    to->count = (int)PyTuple_Size(tuple);
    for (int i = 0; i < to->count; i++) {
        Slice *own = &to->items[i];
        if (!slice_of(PyTuple_GetItem(tuple, i), own))
            return false;
        if (own->size == 0) {
            PyErr_SetString(PyExc_ValueError, "a text is empty");
            return false;
        }
        to->begins[(unsigned char)own->at[0]] = true;
    }
    return true;
}

static bool read_ends(Headlines *to, PyObject *signs, PyObject *numbers)
{
    Py_ssize_t count = PyUnicode_GetLength(signs);
    long read[MOST_ENDS];
    if (!read_numbers(numbers, count, count < MOST_ENDS ? count : MOST_ENDS, read))
        return false;
    for (Py_ssize_t i = 0; i < count; i++) {
        to->ends[i].sign = PyUnicode_ReadChar(signs, i);
        to->ends[i].number = (int)read[i];
    }
    to->end_count = (int)count;
    return true;
}

static bool read_weights(Headlines *to, PyObject *weights, PyObject *of)
{
    long read[MOST_TRAITS], places[GROUP_COUNT];
    if (!read_numbers(weights, 0, MOST_TRAITS, read) ||
        !read_numbers(of, GROUP_COUNT, GROUP_COUNT, places))
        return false;
    to->weight_count = (int)PyTuple_Size(weights);
    for (int i = 0; i < to->weight_count; i++)
        to->weights[i] = (int32_t)read[i];
    for (int i = 0; i < GROUP_COUNT; i++)
        to->of[i] = (int)places[i];
    return true;
}

static bool read_sizes(Headlines *to, PyObject *sizes, PyObject *limits, PyObject *ranges)
{
    const long *n = to->sizes;
    if (!read_numbers(sizes, SIZE_COUNT, SIZE_COUNT, to->sizes) ||
        !read_doubles(limits, LIMIT_COUNT, LIMIT_COUNT, to->limits) ||
        !of_size(ranges, STEPS_COUNT, STEPS_COUNT))
        return false;
    for (int i = 0; i < STEPS_COUNT; i++) {
        PyObject *own = PyTuple_GetItem(ranges, i);
        if (!read_doubles(own, 0, MOST_STEPS, to->ranges[i].from))
            return false;
        to->ranges[i].count = (int)PyTuple_Size(own);
    }
    if (n[N_CANDIDATES] < 0 || n[N_CANDIDATES] > MOST || n[N_ABOVE] < 0 || n[N_BELOW] < 0 ||
        n[N_ABOVE] > MOST || n[N_BELOW] > MOST || n[N_ABOVE] + n[N_BELOW] >= MOST ||
        n[N_STORY] < 1 || n[N_STORY] > MOST || n[N_TITLE] < 0 || n[N_TITLE] >= ZONES) {
        PyErr_SetString(PyExc_ValueError, "a table is of another size");
        return false;
    }
    return true;
}

static bool read_zones(Headlines *to, PyObject *zones, PyObject *story)
{
    long is_story[ZONES];
    if (!of_size(zones, ZONES, ZONES) || !read_numbers(story, ZONES, ZONES, is_story))
        return false;
    to->zones = zones;
    for (int i = 0; i < ZONES; i++)
        to->is_story[i] = is_story[i] != 0;
    return true;
}

/* headline_tables(classes, zones, story, case, (heading, declared), weights, places, sizes, limits,
 *                 ranges, (signs, tags, marks), (ends, numbers)) */
PyObject *core_headline_tables(PyObject *module, PyObject *args)
{
    PyObject *classes, *zones, *story, *weights, *of, *sizes, *limits, *ranges, *texts[3], *ends[2];
    PyObject *capsule = NULL;
    Headlines *made = PyMem_Calloc(1, sizeof *made);
    (void)module;
    if (made == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "OOOO(UU)OOOOO(OOO)(UO)", &classes, &zones, &story, &made->ask_case,
                          &made->kind, &made->declared, &weights, &of, &sizes, &limits, &ranges,
                          &texts[0], &texts[1], &texts[2], &ends[0], &ends[1]))
        goto done;
    Py_INCREF(args);
    made->kept = args;
    bool fine = of_size(classes, CLASSES, CLASSES) && read_zones(made, zones, story) &&
                read_weights(made, weights, of) && read_sizes(made, sizes, limits, ranges) &&
                read_texts(texts[0], &made->signs) && read_texts(texts[1], &made->tags) &&
                read_texts(texts[2], &made->marks) && read_ends(made, ends[0], ends[1]);
    for (int i = 0; fine && i < ATTRIBUTE_COUNT; i++)
        fine = find_attribute(&made->at[i], PyTuple_GetItem(classes, CLASS_OF[i]), NAMES[i]);
    if (fine)
        capsule = PyCapsule_New(made, HEADLINES, drop_headlines);
done:
    if (capsule == NULL)
        free_headlines(made);
    return capsule;
}

/* The number of a verdict's zone; -1 with an exception. */
int zone_of(const Headlines *tables, PyObject *verdict)
{
    PyObject *zone = value_of(&tables->at[AT_zone], verdict);
    int at = 0;
    while (zone != NULL && at < ZONES && PyTuple_GetItem(tables->zones, at) != zone)
        at++;
    Py_XDECREF(zone);
    if (zone != NULL && at < ZONES)
        return at;
    if (zone != NULL)
        PyErr_SetString(PyExc_ValueError, "a verdict names no zone");
    return -1;
}

bool read_row(const Headlines *tables, PyObject *verdict, Row *to)
{
    PyObject *row = value_of(&tables->at[AT_scores], verdict);
    bool fine = row != NULL && PyTuple_Check(row) &&
                (PyTuple_Size(row) == 0 || PyTuple_Size(row) == ZONES);
    if (row != NULL && !fine)
        PyErr_SetString(PyExc_ValueError, "a block has another number of scores");
    to->any = fine && PyTuple_Size(row) > 0;
    to->rest = -HIGHEST;
    for (int i = 0; fine && to->any && i < ZONES; i++) {
        PyObject *item = PyTuple_GetItem(row, i);
        int64_t score = PyLong_Check(item) ? PyLong_AsLongLong(item) : HIGHEST + 1;
        if (score > HIGHEST || score < -HIGHEST || (score == -1 && PyErr_Occurred())) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a score is no whole number, or too large");
            fine = false;
        } else if (i == tables->sizes[N_TITLE]) {
            to->title = score;
        } else if (score > to->rest) {
            to->rest = score;
        }
    }
    Py_XDECREF(row);
    return fine && (!to->any || float_at(&tables->at[AT_unit], verdict, &to->unit));
}

typedef struct {
    double gap;
    Py_ssize_t at;
} Near;

/* Take up a block that may be the headline: those that are nearest stand first. */
static bool add_near(const Headlines *tables, PyObject *block, PyObject *verdict, Py_ssize_t i,
                     Near *found, int *count)
{
    Row row;
    if (!read_row(tables, verdict, &row))
        return false;
    if (!row.any)
        return true;
    int64_t best = row.title > row.rest ? row.title : row.rest;
    double gap = (double)(best - row.title) * row.unit;
    if (!(gap < tables->limits[LIMIT_REACH]))
        return true;
    PyObject *text = value_of(&tables->at[AT_text], block);
    Py_ssize_t length = text ? PyUnicode_GetLength(text) : -1;
    Py_XDECREF(text);
    if (length < 0)
        return false;
    if (length >= tables->sizes[N_LONGEST])
        return true;
    int at = (*count)++;
    for (; at > 0 && gap < found[at - 1].gap; at--)
        found[at] = found[at - 1];
    found[at] = (Near){gap, i};
    return true;
}

/* Two tuples of one length, not empty but where both are. */
bool of_one_length(PyObject *blocks, PyObject *others)
{
    if (PyTuple_Size(blocks) == PyTuple_Size(others))
        return true;
    PyErr_SetString(PyExc_ValueError, "there is another number of blocks");
    return false;
}

/* The first block of the story, or the number of blocks; -1 with an exception. */
Py_ssize_t start_of(const Headlines *tables, PyObject *verdicts)
{
    Py_ssize_t count = PyTuple_Size(verdicts);
    for (Py_ssize_t i = 0; i < count; i++) {
        int zone = zone_of(tables, PyTuple_GetItem(verdicts, i));
        if (zone < 0)
            return -1;
        if (tables->is_story[zone])
            return i;
    }
    return count;
}

/* Those of the nearest that are candidates, in page order. */
static PyObject *candidates_of(const Headlines *tables, PyObject *first, Near *found, int count)
{
    PyObject *markup = value_of(&tables->at[AT_markup], first);
    if (markup == NULL)
        return NULL;
    if (count > 0 && found[0].gap == 0 && markup == Py_None)
        while (!(found[count - 1].gap <= tables->limits[LIMIT_CLOSE]))
            count--;
    Py_DECREF(markup);
    if (count > tables->sizes[N_CANDIDATES])
        count = (int)tables->sizes[N_CANDIDATES];
    for (int i = 1; i < count; i++)
        for (int at = i; at > 0 && found[at].at < found[at - 1].at; at--) {
            Near own = found[at];
            found[at] = found[at - 1];
            found[at - 1] = own;
        }
    PyObject *list = PyList_New(count);
    for (int i = 0; list != NULL && i < count; i++) {
        PyObject *number = PyLong_FromSsize_t(found[i].at);
        if (number == NULL || PyList_SetItem(list, i, number) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* candidates(tables, blocks, verdicts) */
PyObject *core_candidates(PyObject *module, PyObject *args)
{
    PyObject *given, *blocks, *verdicts;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!O!", &given, &PyTuple_Type, &blocks, &PyTuple_Type, &verdicts))
        return NULL;
    const Headlines *tables = held(given, HEADLINES);
    if (tables == NULL || !of_one_length(blocks, verdicts))
        return NULL;
    Py_ssize_t count = PyTuple_Size(blocks), start = start_of(tables, verdicts);
    if (start < 0)
        return NULL;
    if (start == count)
        return PyList_New(0);
    Near found[MOST + 1];
    int used = 0;
    long above = tables->sizes[N_ABOVE], below = tables->sizes[N_BELOW];
    Py_ssize_t from = start > above ? start - above : 0;
    Py_ssize_t end = count - start > below ? start + below : count;
    bool fine = from == 0 || add_near(tables, PyTuple_GetItem(blocks, 0),
                                      PyTuple_GetItem(verdicts, 0), 0, found, &used);
    for (Py_ssize_t i = from; fine && i < end; i++)
        fine = add_near(tables, PyTuple_GetItem(blocks, i), PyTuple_GetItem(verdicts, i), i, found,
                        &used);
    return fine ? candidates_of(tables, PyTuple_GetItem(blocks, 0), found, used) : NULL;
}
