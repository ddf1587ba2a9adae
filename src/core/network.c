/* Beside `model/network.py` and `lanes.py`: features → a score for every zone.
 *
 * A channel is a run of numbers, one a block (an activation is 0..127), with zeros before and after
 * it, so that a block at the end of a page has neighbours too. A layer is computed TILE blocks at a
 * time: what it needs of them then stays in the processor's cache, and memory grows by four bytes a
 * block and channel.
 *
 * `weights.c` proves for each model that no sum overflows, and no input of a sum 16 bits. */

#include "weighing.h"
#include <string.h>

#define MOST 250
#define UNSIGNED 128
#define REACH 22 /* blocks, less than LOT */
#define TILE (8 * LOT)
#define LINE 64 /* bytes of the cache */
#ifdef __GNUC__
#define FETCH(at) __builtin_prefetch(at)
#else
#define FETCH(at) (void)(at)
#endif

/* What a page is computed in. */
typedef struct {
    int16_t sums[2 * WIDEST][TILE + LOT]; /* not TILE: the cache would hold few of these rows */
    int16_t four[TILE + 2 * REACH], sixteen[TILE + 2 * REACH];
    const int16_t *inputs[3 * WIDEST];
    int16_t *channels, *next; /* those of a layer, and of the next one */
    Py_ssize_t stride;        /* from one channel to another */
    int32_t *scores;
} Bench;

/* Whether the table has all rows that a page asks for. */
static bool has_rows(const Network *network, const Numbers *numbers)
{
    bool fine = true;
    for (Py_ssize_t i = 0; i < numbers->used; i++)
        fine &= numbers->items[i] >= 0 && numbers->items[i] < network->row_count;
    return fine;
}

static inline const uint8_t *row_of(const Network *network, int32_t number)
{
    return network->rows + (Py_ssize_t)number * network->width;
}

/* Adds rows up as they stand, each weight plus 128: MOST of them stay in 16 bits. */
INLINE void add_rows(const Network *network, const int32_t *numbers, Py_ssize_t count,
                     uint16_t *restrict sums)
{
    int width = network->width;
    memset(sums, 0, (size_t)width * sizeof *sums);
    for (; count % 4; count--) {
        const uint8_t *row = row_of(network, *numbers++);
        for (int j = 0; j < width; j++)
            sums[j] = (uint16_t)(sums[j] + row[j]);
    }
    for (; count; count -= 4, numbers += 4) {
        const uint8_t *a = row_of(network, numbers[0]), *b = row_of(network, numbers[1]);
        const uint8_t *c = row_of(network, numbers[2]), *d = row_of(network, numbers[3]);
        for (int j = 0; j < width; j++)
            sums[j] = (uint16_t)(sums[j] + (uint16_t)(a[j] + b[j]) + (uint16_t)(c[j] + d[j]));
    }
}

/* Asks for the rows of the next block while those of this one are added up: the table is larger
 * than most caches. */
static void fetch_rows(const Network *network, const int32_t *numbers, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count && i < MOST; i++)
        for (int j = 0; j < network->width; j += LINE)
            FETCH(row_of(network, numbers[i]) + j);
}

/* The embedding: rows added up, and the sums laid into the channels. */
INLINE void embed(const Network *network, const Features *features, Bench *bench)
{
    int width = network->width;
    int32_t page[WIDEST];
    uint16_t sums[WIDEST];
    int16_t own[WIDEST];
    add_rows(network, features->page.items, features->page.used, sums);
    for (int j = 0; j < width; j++)
        page[j] = network->bias[j] + sums[j] - UNSIGNED * (int32_t)features->page.used;
    Py_ssize_t at = 0;
    for (Py_ssize_t block = 0; block < features->count; at = features->ends[block++]) {
        Py_ssize_t all = features->ends[block] - at, count = all < MOST ? all : MOST;
        if (block + 1 < features->count)
            fetch_rows(network, features->numbers.items + at + all,
                       features->ends[block + 1] - features->ends[block]);
        add_rows(network, features->numbers.items + at, count, sums);
        for (int j = 0; j < width; j++) {
            int32_t value = page[j] + sums[j] - UNSIGNED * (int32_t)count;
            own[j] = (int16_t)(value < 0 ? 0 : value > ONE ? ONE : value);
        }
        for (int j = 0; j < width; j++)
            bench->channels[j * bench->stride + block] = own[j];
    }
}

/* Sums of four that stand `apart` from each other. */
INLINE void add_four(const int16_t *restrict from, int count, int apart, int16_t *restrict to)
{
    /* Pointers of their own: of `b + apart` a compiler cannot tell that it does not wrap. */
    const int16_t *second = from + apart, *third = second + apart, *fourth = third + apart;
    for (int b = 0; b < count; b++)
        to[b] = (int16_t)(from[b] + second[b] + third[b] + fourth[b]);
}

/* Blocks of the tile that begins at one. */
static int tile_at(Py_ssize_t from, Py_ssize_t count)
{
    return (int)(count - from < TILE ? count - from : TILE);
}

/* The two sums over the neighbours of a channel, of which the tile begins at `a`. */
INLINE void look_around(const Layer *layer, int width, int j, const int16_t *a, int count,
                        Bench *bench, bool wide)
{
    const int16_t *before = bench->four + REACH - 6, *after = bench->four + REACH + 3;
    const int16_t *wide_before = bench->sixteen, *wide_after = bench->sixteen + REACH + 7;
    /* In the order of the files. */
    const int16_t *around[AROUND] = {a,      a - 1, a + 1,       a - 2,     a + 2,
                                     before, after, wide_before, wide_after};
    add_four(a - REACH, count + 2 * REACH - 3, 1, bench->four);
    add_four(bench->four, count + 2 * REACH - 15, 4, bench->sixteen);
    for (int row = j; row < 2 * width; row += width)
        for (int at = 0; at < count; at += LOT)
            weigh_within((Lot){&layer->taps, around, at}, row, layer->tap_shift, INT16_MIN,
                         INT16_MAX, bench->sums[row] + at, wide);
}

/* One layer for `count` blocks from `from` on. */
INLINE void mix(const Layer *layer, int width, Py_ssize_t from, int count, Bench *bench, bool wide)
{
    for (int j = 0; j < width; j++) {
        bench->inputs[j] = bench->channels + j * bench->stride + from;
        bench->inputs[width + j] = bench->sums[j];
        bench->inputs[2 * width + j] = bench->sums[width + j];
        look_around(layer, width, j, bench->inputs[j], count, bench, wide);
    }
    for (int at = 0; at < count; at += LOT)
        for (int i = 0; i < width; i++) {
            int16_t *channel = bench->next + i * bench->stride + from + at;
            weigh_within((Lot){&layer->mixtures, bench->inputs, at}, i, layer->shift, 0, ONE,
                         channel, wide);
            for (int b = count - at; b < LOT; b++)
                channel[b] = 0; /* behind the page's end */
        }
}

/* The scores of `count` blocks from `from` on. */
INLINE void put_out(const Network *network, Py_ssize_t from, int count, Bench *bench, bool wide)
{
    int32_t sums[LOT];
    for (int j = 0; j < network->width; j++)
        bench->inputs[j] = bench->channels + j * bench->stride + from;
    for (int at = 0; at < count; at += LOT)
        for (int i = 0; i < ZONES; i++) {
            weigh((Lot){&network->out, bench->inputs, at}, i, sums, wide);
            for (int b = 0; b < LOT && at + b < count; b++)
                bench->scores[(from + at + b) * ZONES + i] = sums[b];
        }
}

INLINE void compute(const Network *network, const Features *features, Bench *bench, bool wide)
{
    Py_ssize_t count = features->count;
    embed(network, features, bench);
    for (int i = 0; i < network->layer_count; i++) {
        for (Py_ssize_t from = 0; from < count; from += TILE)
            mix(&network->layers[i], network->width, from, tile_at(from, count), bench, wide);
        int16_t *old = bench->channels;
        bench->channels = bench->next;
        bench->next = old;
    }
    for (Py_ssize_t from = 0; from < count; from += TILE)
        put_out(network, from, tile_at(from, count), bench, wide);
}

static void compute_plain(const Network *network, const Features *features, Bench *bench)
{
    compute(network, features, bench, false);
}

WIDE static void compute_wide(const Network *network, const Features *features, Bench *bench)
{
    compute(network, features, bench, true);
}

static PyObject *as_rows(const int32_t *scores, Py_ssize_t count)
{
    PyObject *list = PyList_New(count);
    for (Py_ssize_t b = 0; list != NULL && b < count; b++) {
        PyObject *row = PyTuple_New(ZONES);
        for (int i = 0; row != NULL && i < ZONES; i++) {
            PyObject *score = PyLong_FromLong(scores[b * ZONES + i]);
            if (score == NULL || PyTuple_SetItem(row, i, score) < 0)
                Py_CLEAR(row);
        }
        if (row == NULL || PyList_SetItem(list, b, row) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* Where the first line of the cache begins that is whole. */
static void *first_line(void *made)
{
    return (char *)made + LINE - (uintptr_t)made % LINE;
}

/* scores(network, features) → a tuple of twelve a block. */
PyObject *core_scores(PyObject *module, PyObject *args)
{
    PyObject *given, *seen, *list = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO", &given, &seen))
        return NULL;
    const Network *network = held(given, NETWORK);
    const Features *features = network == NULL ? NULL : held(seen, FEATURES);
    if (features == NULL)
        return NULL;
    if (features->page.used > MOST || !has_rows(network, &features->page) ||
        !has_rows(network, &features->numbers)) {
        PyErr_SetString(PyExc_ValueError, "a feature has no row");
        return NULL;
    }
    Py_ssize_t count = features->count, width = network->width;
    if (count > PY_SSIZE_T_MAX / (8 * (WIDEST + ZONES)) - 4 * LOT)
        return PyErr_NoMemory();
    /* The zeros after a channel are those before the next. An odd number of lots, so that the cache
     * holds the same lot of all channels. */
    Py_ssize_t stride = LOT * (((count + LOT - 1) / LOT + 1) | 1), all = width * stride + LOT;
    int16_t *channels = PyMem_Calloc((size_t)all + LINE, 2 * sizeof *channels);
    int32_t *scores = PyMem_Malloc(((size_t)count + 1) * sizeof *scores * ZONES);
    void *made = PyMem_Malloc(sizeof(Bench) + LINE);
    if (channels != NULL && scores != NULL && made != NULL) {
        Bench *bench = first_line(made);
        bench->channels = (int16_t *)first_line(channels) + LOT;
        bench->next = bench->channels + all;
        bench->stride = stride;
        bench->scores = scores;
        Py_BEGIN_ALLOW_THREADS /* nothing of Python is touched until the end of it */
        (is_wide() ? compute_wide : compute_plain)(network, features, bench);
        Py_END_ALLOW_THREADS
        list = as_rows(scores, count);
    } else {
        PyErr_NoMemory();
    }
    PyMem_Free(channels);
    PyMem_Free(scores);
    PyMem_Free(made);
    return list;
}
