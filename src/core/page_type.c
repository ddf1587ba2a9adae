/* Beside `model/page_features.py` and `page_type.py`: the signs of a page, and its scores. */

#include "attributes.h"
#include "phrases.h"
#include <string.h>

#define UNSIGNED 128  /* see `model/file.py` */
#define MOST_SCORES 64
#define MOST_BUCKETS (1 << 20)

/* Of `Counts`. */
#define COUNTS_USED(X)                                                                             \
    X(story_best) X(story_longest) X(text) X(text_best) X(text_longest) X(long) X(short) X(heads)  \
    X(days) X(prices) X(copies) X(tagged_width) X(linked) X(linked_heads) X(free)
#define OTHERS_USED(X) X(zone_widths) X(zone_blocks) X(kinds) X(phrases) X(words) X(marks)
#define ZONES_USED(X) X(body) X(lead) X(heading) X(teaser_title) X(teaser_text) X(boilerplate)
#define AS_COUNT(name) COUNT_##name,
#define AS_PLACE(name) AT_##name,
#define AS_ZONE(name) ZONE_##name,
#define AS_NAME(name) #name,
enum { COUNTS_USED(AS_COUNT) COUNT_COUNT };
enum { OTHERS_USED(AS_PLACE) ATTRIBUTE_COUNT };
enum { ZONES_USED(AS_ZONE) ZONE_COUNT };

typedef struct {
    PyObject *kept; /* the arguments, which own all that is pointed at */
    Py_buffer table;
    int width;
    long words, shapes; /* numbers of words, and of other signs behind them */
    PyObject *names;    /* of stock phrases */
    PyObject *zones;
    int zone_at[ZONE_COUNT];
    Attribute counts[COUNT_COUNT], at[ATTRIBUTE_COUNT];
} Types;

/* Signs of a page, each added up once. */
typedef struct {
    const Types *types;
    uint8_t *seen;
    int64_t sums[MOST_SCORES];
} Signs;

static const char TYPES[] = "articlecli.types";
static const char *const COUNT_NAMES[] = {COUNTS_USED(AS_NAME)};
static const char *const NAMES[] = {OTHERS_USED(AS_NAME)};

static void free_types(Types *types)
{
    for (int i = 0; i < COUNT_COUNT; i++)
        Py_XDECREF(types->counts[i].member);
    for (int i = 0; i < ATTRIBUTE_COUNT; i++)
        Py_XDECREF(types->at[i].member);
    PyBuffer_Release(&types->table);
    Py_XDECREF(types->kept);
    PyMem_Free(types);
}

static void drop_types(PyObject *capsule)
{
    Types *types = PyCapsule_GetPointer(capsule, TYPES);
    if (types != NULL)
        free_types(types);
}

static bool read_zones(Types *to, PyObject *zones, PyObject *used)
{
    bool fine = PyTuple_Size(zones) == ZONES && PyTuple_Size(used) == ZONE_COUNT;
    for (int i = 0; fine && i < ZONE_COUNT; i++) {
        long at = PyLong_AsLong(PyTuple_GetItem(used, i));
        fine = at >= 0 && at < ZONES;
        to->zone_at[i] = (int)at;
    }
    if (!fine && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "there is another number of zones");
    return fine;
}

/* type_tables(counts, table, width, (words, shapes), names, zones, used) */
PyObject *core_type_tables(PyObject *module, PyObject *args)
{
    PyObject *counts, *zones, *used, *capsule = NULL;
    Types *made = PyMem_Calloc(1, sizeof *made);
    (void)module;
    if (made == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "Oy*i(ll)O!O!O!", &counts, &made->table, &made->width, &made->words,
                          &made->shapes, &PyTuple_Type, &made->names, &PyTuple_Type, &zones,
                          &PyTuple_Type, &used))
        goto done;
    Py_INCREF(args);
    made->kept = args;
    made->zones = zones;
    bool fine = made->width > 0 && made->width <= MOST_SCORES && made->words > 0 &&
                made->shapes > 0 && made->words < MOST_BUCKETS && made->shapes < MOST_BUCKETS &&
                made->table.len / made->width >= made->words + made->shapes;
    if (!fine)
        PyErr_SetString(PyExc_ValueError, "a table is of another size");
    fine = fine && read_zones(made, zones, used);
    for (int i = 0; fine && i < COUNT_COUNT; i++)
        fine = find_attribute(&made->counts[i], counts, COUNT_NAMES[i]);
    for (int i = 0; fine && i < ATTRIBUTE_COUNT; i++)
        fine = find_attribute(&made->at[i], counts, NAMES[i]);
    if (fine)
        capsule = PyCapsule_New(made, TYPES, drop_types);
done:
    if (capsule == NULL)
        free_types(made);
    return capsule;
}

static void add_row(Signs *to, long number)
{
    const Types *types = to->types;
    if (to->seen[number])
        return;
    to->seen[number] = 1;
    const uint8_t *row = (const uint8_t *)types->table.buf + number * types->width;
    for (int at = 0; at < types->width; at++)
        to->sums[at] += row[at] - UNSIGNED;
}

/* A sum of bytes with a colon behind them, and a number of two digits at most. */
static uint32_t with_number(uint32_t sum, int number)
{
    char text[] = {':', (char)('0' + number / 10), (char)('0' + number % 10)};
    if (number >= 10)
        return crc(sum, text, 3);
    text[1] = text[2];
    return crc(sum, text, 2);
}

/* `_sign`: a name, what follows it, and up to two numbers of 0 to 99; those below 0 are left out. */
static void add_sign(Signs *to, const char *name, Slice more, int first, int second)
{
    const Types *types = to->types;
    uint32_t sum = crc(crc(0, name, (Py_ssize_t)strlen(name)), more.at, more.size);
    if (first >= 0)
        sum = with_number(sum, first);
    if (second >= 0)
        sum = with_number(sum, second);
    add_row(to, types->words + (long)(sum % (uint32_t)types->shapes));
}

static const Slice NOTHING = {"", 0};

static int bits_of(int64_t number)
{
    int bits = 0;
    for (; number > 0; number >>= 1)
        bits++;
    return bits;
}

/* A share in eight steps. */
static int share_of(int64_t part, int64_t whole)
{
    int bits = whole ? bits_of(32 * part / whole) : 7;
    return bits < 7 ? bits : 7;
}

static int at_most(int number, int most)
{
    return number < most ? number : most;
}

/* Numbers of a tuple, one a zone. */
static bool read_tuple(const Attribute *at, PyObject *counts, int64_t *to)
{
    PyObject *tuple = value_of(at, counts);
    bool fine = tuple != NULL && PyTuple_Check(tuple) && PyTuple_Size(tuple) == ZONES;
    for (int i = 0; fine && i < ZONES; i++) {
        to[i] = PyLong_AsLongLong(PyTuple_GetItem(tuple, i));
        fine = to[i] >= 0 && to[i] < MOST_OF_PAGE;
    }
    if (!fine && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "the zones are counted otherwise");
    Py_XDECREF(tuple);
    return fine;
}

static int64_t sum_of(const int64_t *numbers)
{
    int64_t sum = 0;
    for (int i = 0; i < ZONES; i++)
        sum += numbers[i];
    return sum;
}

/* `_zones` */
static bool add_zones(Signs *to, const int64_t *n, const int64_t *widths, const int64_t *blocks)
{
    const Types *types = to->types;
    const int *at = types->zone_at;
    int64_t whole = sum_of(widths);
    for (int i = 0; i < ZONES; i++) {
        Slice zone;
        if (!slice_of(PyTuple_GetItem(types->zones, i), &zone))
            return false;
        add_sign(to, "z:", zone, share_of(widths[i], whole ? whole : 1), -1);
        add_sign(to, "n:", zone, bits_of(blocks[i]), -1);
    }
    int64_t story = widths[at[ZONE_body]] + widths[at[ZONE_lead]] + widths[at[ZONE_heading]];
    int64_t teasers = widths[at[ZONE_teaser_title]] + widths[at[ZONE_teaser_text]];
    int heads = at_most(bits_of(blocks[at[ZONE_teaser_title]]), 6);
    int best = bits_of(n[COUNT_story_best]);
    add_sign(to, "story", NOTHING, bits_of(story), -1);
    add_sign(to, "story-best", NOTHING, best, -1);
    add_sign(to, "story-longest", NOTHING, bits_of(n[COUNT_story_longest]), -1);
    add_sign(to, "story-heads", NOTHING, best, heads);
    add_sign(to, "story-teasers", NOTHING, share_of(story, story + teasers), heads);
    add_sign(to, "story-rest", NOTHING, share_of(story, story + widths[at[ZONE_boilerplate]]), -1);
    return true;
}

/* Of `_shapes`, what is a number. */
static void add_shapes(Signs *to, const int64_t *n, const int64_t *widths, const int64_t *blocks)
{
    int64_t whole = 1 + sum_of(widths), all = sum_of(blocks);
    int text = bits_of(n[COUNT_text]), best = bits_of(n[COUNT_text_best]);
    int heads = bits_of(n[COUNT_heads]), longs = bits_of(n[COUNT_long]);
    add_sign(to, "text", NOTHING, text, -1);
    add_sign(to, "best", NOTHING, best, share_of(n[COUNT_text_best], n[COUNT_text]));
    add_sign(to, "best-whole", NOTHING, share_of(n[COUNT_text_best], whole), -1);
    add_sign(to, "longest", NOTHING, bits_of(n[COUNT_text_longest]), -1);
    add_sign(to, "long", NOTHING, longs, -1);
    add_sign(to, "text-whole", NOTHING, share_of(n[COUNT_text], whole), -1);
    add_sign(to, "blocks", NOTHING, bits_of(all), -1);
    add_sign(to, "short", NOTHING, share_of(n[COUNT_short], all), -1);
    add_sign(to, "heads", NOTHING, heads, -1);
    add_sign(to, "heads-long", NOTHING, heads, at_most(longs, 4));
    add_sign(to, "best-heads", NOTHING, best, at_most(heads, 6));
    add_sign(to, "prices", NOTHING, bits_of(n[COUNT_prices]), -1);
    add_sign(to, "days", NOTHING, bits_of(n[COUNT_days]), -1);
    add_sign(to, "copies", NOTHING, share_of(n[COUNT_copies], all), -1);
}

/* `_links` */
static void add_links(Signs *to, const int64_t *n)
{
    int heads = bits_of(n[COUNT_linked_heads]);
    add_sign(to, "linked", NOTHING, share_of(n[COUNT_linked], n[COUNT_tagged_width]), -1);
    add_sign(to, "linked-heads", NOTHING, heads, -1);
    add_sign(to, "free", NOTHING, bits_of(n[COUNT_free]), at_most(heads, 6));
}

/* How often a page has something; -1 with an exception. */
static int64_t often(PyObject *number)
{
    int64_t count = PyLong_Check(number) ? PyLong_AsLongLong(number) : -1;
    if (count >= 0)
        return count;
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "how often is a whole number");
    return -1;
}

/* Of `_shapes`, the kinds of blocks, or the stock phrases. */
static bool add_named(Signs *to, PyObject *counts, bool phrases)
{
    PyObject *dict = value_of(&to->types->at[phrases ? AT_phrases : AT_kinds], counts), *key, *value;
    bool fine = dict != NULL && PyDict_Check(dict);
    if (dict != NULL && !fine)
        PyErr_SetString(PyExc_TypeError, "what is counted by its name is a dict");
    for (Py_ssize_t at = 0; fine && PyDict_Next(dict, &at, &key, &value);) {
        int64_t count = often(value);
        PyObject *name = key;
        if (phrases) {
            Py_ssize_t number = PyLong_Check(key) ? PyLong_AsSsize_t(key) : -1;
            name = number < 0 ? NULL : PyTuple_GetItem(to->types->names, number);
        }
        Slice text = {"None", 4};
        fine = count >= 0 && name != NULL && (name == Py_None || slice_of(name, &text));
        if (fine && phrases)
            add_sign(to, "p:", text, -1, -1);
        if (fine)
            add_sign(to, phrases ? "p:" : "k:", text, bits_of(count), -1);
        else if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "there is no such stock phrase");
    }
    Py_XDECREF(dict);
    return fine;
}

/* Rows whose numbers are told. */
static bool add_numbers(Signs *to, PyObject *numbers)
{
    long count = to->types->words + to->types->shapes;
    bool fine = numbers != NULL && PyList_Check(numbers);
    if (numbers != NULL && !fine)
        PyErr_SetString(PyExc_TypeError, "numbers of signs are a list");
    Py_ssize_t size = fine ? PyList_Size(numbers) : 0;
    for (Py_ssize_t i = 0; fine && i < size; i++) {
        PyObject *item = PyList_GetItem(numbers, i);
        Py_ssize_t number = PyLong_Check(item) ? PyLong_AsSsize_t(item) : -1;
        fine = number >= 0 && number < count;
        if (fine)
            add_row(to, (long)number);
        else if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "the table has no such row");
    }
    return fine;
}

static bool add_told(Signs *to, PyObject *counts, int which)
{
    PyObject *numbers = value_of(&to->types->at[which], counts);
    bool fine = add_numbers(to, numbers);
    Py_XDECREF(numbers);
    return fine;
}

static bool add_all(Signs *to, PyObject *counts, PyObject *others, bool declares)
{
    const Types *types = to->types;
    int64_t n[COUNT_COUNT], widths[ZONES], blocks[ZONES];
    for (int i = 0; i < COUNT_COUNT; i++)
        if (!number_at(&types->counts[i], counts, &n[i]))
            return false;
    if (!read_tuple(&types->at[AT_zone_widths], counts, widths) ||
        !read_tuple(&types->at[AT_zone_blocks], counts, blocks) ||
        !add_zones(to, n, widths, blocks))
        return false;
    add_shapes(to, n, widths, blocks);
    if (declares)
        add_links(to, n);
    return add_named(to, counts, false) && add_named(to, counts, true) &&
           add_told(to, counts, AT_words) && (!declares || add_told(to, counts, AT_marks)) &&
           add_numbers(to, others);
}

/* page_sums(tables, counts, others, declares) → the sum of the rows of all signs, a number a
 * column; `others` are numbers of the signs that do not follow from the counts. */
PyObject *core_page_sums(PyObject *module, PyObject *args)
{
    PyObject *given, *counts, *others, *list = NULL;
    int declares;
    (void)module;
    if (!PyArg_ParseTuple(args, "OOO!p", &given, &counts, &PyList_Type, &others, &declares))
        return NULL;
    Signs signs = {held(given, TYPES), NULL, {0}};
    if (signs.types == NULL)
        return NULL;
    signs.seen = PyMem_Calloc((size_t)(signs.types->words + signs.types->shapes), 1);
    if (signs.seen == NULL)
        return PyErr_NoMemory();
    if (add_all(&signs, counts, others, declares))
        list = PyList_New(signs.types->width);
    for (int at = 0; list != NULL && at < signs.types->width; at++) {
        PyObject *sum = PyLong_FromLongLong(signs.sums[at]);
        if (sum == NULL || PyList_SetItem(list, at, sum) < 0)
            Py_CLEAR(list);
    }
    PyMem_Free(signs.seen);
    return list;
}
