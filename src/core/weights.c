/* Beside `model/file.py`: the weights of the network, read and proved to be safe.
 *
 * No sum may leave 32 bits. `python -m lab export` proves that of the models that it writes; here it
 * is proved of whatever comes in, so that `network.c` need not look. */

#include "network.h"

#define LIMIT (1 << 30) /* no sum may reach it, as in `lanes.py` */

static const int BLOCKS_OF[AROUND] = {1, 1, 1, 1, 1, 4, 4, 16, 16};

/* The weights in a file: 32 bits each, the low byte first. */
typedef struct {
    const unsigned char *at, *end;
} Reader;

static bool read_weights(Reader *from, Py_ssize_t count, int32_t **to)
{
    if ((from->end - from->at) / 4 < count) {
        PyErr_SetString(PyExc_ValueError, "the weights are cut short");
        return false;
    }
    int32_t *made = PyMem_Calloc((size_t)count + 1, sizeof *made);
    if (made == NULL) {
        PyErr_NoMemory();
        return false;
    }
    for (Py_ssize_t i = 0; i < count; i++, from->at += 4)
        made[i] = (int32_t)((uint32_t)from->at[0] | (uint32_t)from->at[1] << 8 |
                            (uint32_t)from->at[2] << 16 | (uint32_t)from->at[3] << 24);
    *to = made;
    return true;
}

/* Read a matrix, and prove that no sum over inputs of at most `reach` leaves its field. */
static bool read_matrix(Reader *from, int rows, int columns, const int64_t *reach, Sparse *to)
{
    int32_t *dense = NULL;
    to->rows = rows;
    if (!read_weights(from, (Py_ssize_t)rows * columns, &dense))
        return false;
    bool fine = read_weights(from, rows, &to->bias);
    size_t live = 0;
    for (Py_ssize_t i = 0; i < (Py_ssize_t)rows * columns; i++)
        live += dense[i] != 0;
    to->ends = PyMem_Calloc((size_t)rows, sizeof *to->ends);
    to->inputs = PyMem_Calloc(live + 1, sizeof *to->inputs);
    to->weights = PyMem_Calloc(live + 1, sizeof *to->weights);
    if (fine && (to->ends == NULL || to->inputs == NULL || to->weights == NULL)) {
        PyErr_NoMemory();
        fine = false;
    }
    int used = 0;
    for (int i = 0; fine && i < rows; i++) {
        int64_t most = to->bias[i] < 0 ? -(int64_t)to->bias[i] : to->bias[i];
        for (int j = 0; j < columns; j++) {
            int64_t weight = dense[(Py_ssize_t)i * columns + j];
            if (weight == 0)
                continue;
            to->inputs[used] = j;
            to->weights[used++] = (int32_t)weight;
            most += (weight < 0 ? -weight : weight) * reach[j];
            if (most >= LIMIT)
                break;
        }
        to->ends[i] = used;
        if (most >= LIMIT) {
            PyErr_SetString(PyExc_ValueError, "a sum of the weights can overflow");
            fine = false;
        }
    }
    PyMem_Free(dense);
    return fine;
}

/* Read the neighbours' weights of a layer; `reach` is filled with what each input can be. */
static bool read_taps(Reader *from, int width, Layer *to, int64_t *reach)
{
    if (!read_weights(from, (Py_ssize_t)2 * AROUND * width, &to->taps))
        return false;
    for (int i = 0; i < width; i++)
        reach[i] = ONE;
    for (int which = 0; which < 2; which++)
        for (int i = 0; i < width; i++) {
            int64_t most = 0;
            for (int k = 0; k < AROUND; k++) {
                int64_t weight = to->taps[(which * AROUND + k) * width + i];
                most += (weight < 0 ? -weight : weight) * BLOCKS_OF[k] * ONE;
            }
            if (most >= LIMIT) {
                PyErr_SetString(PyExc_ValueError, "a sum of the neighbours can overflow");
                return false;
            }
            reach[(which + 1) * width + i] = (most >> to->tap_shift) + 1;
        }
    return true;
}

static void free_sparse(Sparse *matrix)
{
    PyMem_Free(matrix->ends);
    PyMem_Free(matrix->inputs);
    PyMem_Free(matrix->weights);
    PyMem_Free(matrix->bias);
}

static void free_network(Network *network)
{
    for (int i = 0; i < network->layer_count; i++) {
        PyMem_Free(network->layers[i].taps);
        free_sparse(&network->layers[i].mixtures);
    }
    free_sparse(&network->out);
    PyMem_Free(network->bias);
    PyBuffer_Release(&network->table);
    PyMem_Free(network);
}

static void drop_network(PyObject *capsule)
{
    Network *network = PyCapsule_GetPointer(capsule, NETWORK);
    if (network != NULL)
        free_network(network);
}

/* network(table, width, numbers, shifts): `numbers` as they stand in the file behind the table. */
PyObject *core_network(PyObject *module, PyObject *args)
{
    PyObject *shifts, *capsule = NULL;
    Py_buffer numbers = {0};
    int64_t reach[3 * WIDEST];
    (void)module;
    Network *made = PyMem_Calloc(1, sizeof *made);
    if (made == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "y*iy*O!", &made->table, &made->width, &numbers, &PyTuple_Type,
                          &shifts))
        goto done;
    int width = made->width;
    Py_ssize_t layers = PyTuple_Size(shifts);
    if (width < 1 || width > WIDEST || layers > LAYERS) {
        PyErr_SetString(PyExc_ValueError, "the network is too large");
        goto done;
    }
    Reader from = {numbers.buf, (const unsigned char *)numbers.buf + numbers.len};
    made->rows = made->table.buf;
    made->row_count = made->table.len / width;
    if (!read_weights(&from, width, &made->bias))
        goto done;
    for (int i = 0; i < width; i++)
        if (made->bias[i] >= LIMIT / 2 || made->bias[i] <= -LIMIT / 2) {
            PyErr_SetString(PyExc_ValueError, "a bias is too large");
            goto done;
        }
    for (Py_ssize_t i = 0; i < layers; i++) {
        Layer *layer = &made->layers[made->layer_count++];
        if (!PyArg_ParseTuple(PyTuple_GetItem(shifts, i), "ii", &layer->tap_shift, &layer->shift))
            goto done;
        if (layer->tap_shift < 0 || layer->tap_shift > 29 || layer->shift < 0 || layer->shift > 29) {
            PyErr_SetString(PyExc_ValueError, "a shift is out of range");
            goto done;
        }
        if (!read_taps(&from, width, layer, reach) ||
            !read_matrix(&from, width, 3 * width, reach, &layer->mixtures))
            goto done;
    }
    for (int i = 0; i < width; i++)
        reach[i] = ONE;
    if (!read_matrix(&from, ZONES, width, reach, &made->out))
        goto done;
    capsule = PyCapsule_New(made, NETWORK, drop_network);
done:
    PyBuffer_Release(&numbers);
    if (capsule == NULL)
        free_network(made);
    return capsule;
}
