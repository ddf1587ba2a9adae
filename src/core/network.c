/* Beside `model/network.py` and `lanes.py`: features → a score for every zone.
 *
 * A channel is a run of bytes, one a block (an activation is 0..127), with REACH zeros before and
 * after it, so that a block at the end of a page has neighbours too. A layer is computed TILE blocks
 * at a time: what it needs of them then stays in the processor's cache, and memory grows by two
 * bytes a block and channel. All sums fit in 32 bits: `weights.c` proves it for each model. */

#include "network.h"
#include <string.h>

#define MOST 250
#define UNSIGNED 128
#define REACH 22
#define TILE 256

static inline uint8_t clamped(int32_t value)
{
    return (uint8_t)(value < 0 ? 0 : value > ONE ? ONE : value);
}

static bool add_rows(const Network *network, const int32_t *numbers, Py_ssize_t count,
                     int32_t *sums)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        if (numbers[i] < 0 || numbers[i] >= network->row_count)
            return false;
        const uint8_t *row = network->rows + (Py_ssize_t)numbers[i] * network->width;
        for (int j = 0; j < network->width; j++)
            sums[j] += row[j] - UNSIGNED;
    }
    return true;
}

/* The embedding: rows added up, and the sums laid into the channels. */
static bool embed(const Network *network, const Features *features, uint8_t *channels,
                  Py_ssize_t stride)
{
    int width = network->width;
    int32_t page[WIDEST], sums[WIDEST];
    memcpy(page, network->bias, (size_t)width * sizeof *page);
    if (features->page.used > MOST ||
        !add_rows(network, features->page.items, features->page.used, page))
        return false;
    Py_ssize_t at = 0;
    for (Py_ssize_t block = 0; block < features->count; at = features->ends[block++]) {
        Py_ssize_t count = features->ends[block] - at;
        memcpy(sums, page, (size_t)width * sizeof *sums);
        if (!add_rows(network, features->numbers.items + at, count < MOST ? count : MOST, sums))
            return false;
        for (int j = 0; j < width; j++)
            channels[j * stride + REACH + block] = clamped(sums[j]);
    }
    return true;
}

/* A channel, its neighbours, and sums over windows, in the order of the files. */
static void look_around(const uint8_t *a, int count, int32_t near[AROUND][TILE])
{
    for (int b = 0; b < count; b++) {
        near[0][b] = a[b];
        near[1][b] = a[b - 1];
        near[2][b] = a[b + 1];
        near[3][b] = a[b - 2];
        near[4][b] = a[b + 2];
        near[5][b] = a[b - 6] + a[b - 5] + a[b - 4] + a[b - 3];
        near[6][b] = a[b + 3] + a[b + 4] + a[b + 5] + a[b + 6];
    }
    int32_t before = 0, after = 0;
    for (int k = 7; k <= REACH; k++) {
        before += a[-k];
        after += a[k];
    }
    for (int b = 0;; b++) { /* from block to block one comes in and one goes out */
        near[7][b] = before;
        near[8][b] = after;
        if (b == count - 1)
            break;
        before += a[b - 6] - a[b - REACH];
        after += a[b + REACH + 1] - a[b + 7];
    }
}

/* One layer for `count` blocks from `from` on. */
static void mix(const Layer *layer, int width, const uint8_t *in, uint8_t *out, Py_ssize_t stride,
                Py_ssize_t from, int count, int32_t *sums)
{
    int32_t near[AROUND][TILE], total[TILE];
    for (int j = 0; j < width; j++) {
        look_around(in + j * stride + REACH + from, count, near);
        for (int which = 0; which < 2; which++) {
            int32_t *sum = sums + (which * width + j) * TILE;
            memset(sum, 0, sizeof(int32_t) * TILE);
            for (int k = 0; k < AROUND; k++) {
                int32_t weight = layer->taps[(which * AROUND + k) * width + j];
                if (weight != 0)
                    for (int b = 0; b < count; b++)
                        sum[b] += weight * near[k][b];
            }
            for (int b = 0; b < count; b++)
                sum[b] >>= layer->tap_shift; /* rounds down, as Python's does */
        }
    }
    const Sparse *matrix = &layer->mixtures;
    for (int i = 0, at = 0; i < matrix->rows; i++) {
        for (int b = 0; b < count; b++)
            total[b] = matrix->bias[i];
        for (; at < matrix->ends[i]; at++) {
            int32_t weight = matrix->weights[at];
            int input = matrix->inputs[at];
            if (input < width) {
                const uint8_t *channel = in + input * stride + REACH + from;
                for (int b = 0; b < count; b++)
                    total[b] += weight * channel[b];
            } else {
                const int32_t *sum = sums + (input - width) * TILE;
                for (int b = 0; b < count; b++)
                    total[b] += weight * sum[b];
            }
        }
        uint8_t *channel = out + i * stride + REACH + from;
        for (int b = 0; b < count; b++)
            channel[b] = clamped(total[b] >> layer->shift);
    }
}

static void put_out(const Network *network, const uint8_t *in, Py_ssize_t stride, Py_ssize_t count,
                    int32_t *scores)
{
    for (Py_ssize_t b = 0; b < count; b++)
        for (int i = 0, at = 0; i < ZONES; i++) {
            int32_t total = network->out.bias[i];
            for (; at < network->out.ends[i]; at++)
                total += network->out.weights[at] * in[network->out.inputs[at] * stride + REACH + b];
            scores[b * ZONES + i] = total;
        }
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
    Py_ssize_t count = features->count, stride = count + 2 * REACH;
    int width = network->width;
    if (count > PY_SSIZE_T_MAX / (8 * (WIDEST + ZONES)) - 2 * REACH)
        return PyErr_NoMemory();
    uint8_t *in = PyMem_Calloc((size_t)width, (size_t)stride);
    uint8_t *out = PyMem_Calloc((size_t)width, (size_t)stride);
    int32_t *sums = PyMem_Malloc(sizeof *sums * 2 * (size_t)width * TILE);
    int32_t *scores = PyMem_Calloc((size_t)count + 1, sizeof *scores * ZONES);
    bool fine = true;
    if (in == NULL || out == NULL || sums == NULL || scores == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    Py_BEGIN_ALLOW_THREADS /* nothing of Python is touched until the end of it */
    fine = embed(network, features, in, stride);
    for (int i = 0; fine && i < network->layer_count; i++) {
        for (Py_ssize_t from = 0; from < count; from += TILE)
            mix(&network->layers[i], width, in, out, stride, from,
                (int)(count - from < TILE ? count - from : TILE), sums);
        uint8_t *old = in;
        in = out;
        out = old;
    }
    if (fine)
        put_out(network, in, stride, count, scores);
    Py_END_ALLOW_THREADS
    if (fine)
        list = as_rows(scores, count);
    else
        PyErr_SetString(PyExc_ValueError, "a feature has no row");
done:
    PyMem_Free(in);
    PyMem_Free(out);
    PyMem_Free(sums);
    PyMem_Free(scores);
    return list;
}
