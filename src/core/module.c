/* The core: what takes most of a page's time, in C.
 *
 * The package says in Python what is computed and why; that runs wherever no core was built, and
 * the tests hold both to the same answers. `articlecli/evidence.py`, `blocks/compiled_text.py`,
 * `blocks/compiled_html.py` and `model/compiled.py` hand over all tables: none is written twice.
 *
 * There is no state but what a capsule holds, and no capsule changes once it is made, so threads
 * may share them. Whatever comes in may be hostile: sizes are checked before they are multiplied,
 * every allocation is checked, and all loops are linear in the size of the page. */

#include "room.h"
#include <string.h>

#define VERSION 9 /* of the calls; `articlecli/core.py` names the one that it wants */

const char FEATURES[] = "articlecli.features";
const char NETWORK[] = "articlecli.network";
const char TABLES[] = "articlecli.tables";

static uint32_t crc_tables[4][256]; /* of a byte, with none to three bytes behind it */

/* CRC-32 as `binascii.crc32` has it, which the limited API does not give; four bytes at once. */
uint32_t crc(uint32_t start, const void *data, Py_ssize_t size)
{
    const unsigned char *at = data;
    uint32_t value = ~start;
    for (; size >= 4; size -= 4, at += 4) {
        value ^= (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
                 (uint32_t)at[3] << 24;
        value = crc_tables[3][value & 255] ^ crc_tables[2][value >> 8 & 255] ^
                crc_tables[1][value >> 16 & 255] ^ crc_tables[0][value >> 24];
    }
    /* What is left likewise: most words end so. */
    if (size == 3) {
        value ^= (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
        value = crc_tables[2][value & 255] ^ crc_tables[1][value >> 8 & 255] ^
                crc_tables[0][value >> 16 & 255] ^ value >> 24;
    } else if (size == 2) {
        value ^= (uint32_t)at[0] | (uint32_t)at[1] << 8;
        value = crc_tables[1][value & 255] ^ crc_tables[0][value >> 8 & 255] ^ value >> 16;
    } else if (size == 1) {
        value = crc_tables[0][(value ^ at[0]) & 255] ^ value >> 8;
    }
    return ~value;
}

static void fill_crc_tables(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? value >> 1 ^ 0xEDB88320u : value >> 1;
        crc_tables[0][i] = value;
    }
    for (int behind = 1; behind < 4; behind++)
        for (int i = 0; i < 256; i++) {
            uint32_t value = crc_tables[behind - 1][i];
            crc_tables[behind][i] = crc_tables[0][value & 255] ^ value >> 8;
        }
}

void *held(PyObject *capsule, const char *name)
{
    return PyCapsule_GetPointer(capsule, name);
}

bool more_numbers(Numbers *to)
{
    return grow((void **)&to->items, &to->room, sizeof *to->items);
}

bool append_numbers(Numbers *to, const int32_t *from, Py_ssize_t count)
{
    while (to->room - to->used < count)
        if (!more_numbers(to))
            return false;
    if (count > 0)
        memcpy(to->items + to->used, from, (size_t)count * sizeof *from);
    to->used += count;
    return true;
}

Features *new_features(Py_ssize_t count)
{
    Features *made = PyMem_Calloc(1, sizeof *made);
    if (made != NULL) {
        made->count = count;
        made->ends = PyMem_Calloc((size_t)count + 1, sizeof *made->ends);
    }
    if (made == NULL || made->ends == NULL) {
        PyMem_Free(made);
        PyErr_NoMemory();
        return NULL;
    }
    return made;
}

void free_features(Features *features)
{
    PyMem_Free(features->ends);
    PyMem_Free(features->numbers.items);
    PyMem_Free(features->page.items);
    PyMem_Free(features);
}

void drop_features(PyObject *capsule)
{
    Features *features = PyCapsule_GetPointer(capsule, FEATURES);
    if (features != NULL)
        free_features(features);
}

static bool add_list(Numbers *to, PyObject *list)
{
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "features are lists");
        return false;
    }
    Py_ssize_t count = PyList_Size(list);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PyList_GetItem(list, i);
        if (!PyLong_Check(item)) { /* what is asked for its number could change the lists */
            PyErr_SetString(PyExc_TypeError, "a feature is a whole number");
            return false;
        }
        long number = PyLong_AsLong(item);
        if (number == -1 && PyErr_Occurred())
            return false;
        if (number < 0 || number > INT32_MAX) {
            PyErr_SetString(PyExc_ValueError, "a feature is out of range");
            return false;
        }
        if (!add_number(to, (int32_t)number))
            return false;
    }
    return true;
}

/* pack(page, blocks): features that stand in lists, as a capsule. */
static PyObject *core_pack(PyObject *module, PyObject *args)
{
    PyObject *page, *blocks, *capsule = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO!", &page, &PyList_Type, &blocks))
        return NULL;
    Features *made = new_features(PyList_Size(blocks));
    if (made == NULL)
        return NULL;
    bool fine = add_list(&made->page, page);
    for (Py_ssize_t i = 0; fine && i < made->count; i++) {
        fine = add_list(&made->numbers, PyList_GetItem(blocks, i));
        made->ends[i] = made->numbers.used;
    }
    if (fine)
        capsule = PyCapsule_New(made, FEATURES, drop_features);
    if (capsule == NULL)
        free_features(made);
    return capsule;
}

static PyObject *as_list(const int32_t *numbers, Py_ssize_t count)
{
    PyObject *list = PyList_New(count);
    for (Py_ssize_t i = 0; list != NULL && i < count; i++) {
        PyObject *number = PyLong_FromLong(numbers[i]);
        if (number == NULL || PyList_SetItem(list, i, number) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* unpack(features) → (page, blocks), the lists that a capsule stands for. */
static PyObject *core_unpack(PyObject *module, PyObject *capsule)
{
    (void)module;
    const Features *features = held(capsule, FEATURES);
    if (features == NULL)
        return NULL;
    PyObject *page = as_list(features->page.items, features->page.used);
    PyObject *blocks = PyList_New(features->count);
    Py_ssize_t at = 0;
    for (Py_ssize_t i = 0; blocks != NULL && i < features->count; at = features->ends[i++]) {
        PyObject *list = as_list(features->numbers.items + at, features->ends[i] - at);
        if (list == NULL || PyList_SetItem(blocks, i, list) < 0)
            Py_CLEAR(blocks);
    }
    if (page != NULL && blocks != NULL)
        return Py_BuildValue("(NN)", page, blocks);
    Py_XDECREF(page);
    Py_XDECREF(blocks);
    return NULL;
}

static PyMethodDef METHODS[] = {
    {"sha256", core_sha256, METH_O, NULL},
    {"where_zones_are", core_where_zones_are, METH_VARARGS, NULL},
    {"line_spans", core_line_spans, METH_O, NULL},
    {"holding", core_holding, METH_VARARGS, NULL},
    {"reader", core_reader, METH_VARARGS, NULL},
    {"read_rows", core_read_rows, METH_VARARGS, NULL},
    {"rows", core_rows, METH_VARARGS, NULL},
    {"joiner", core_joiner, METH_VARARGS, NULL},
    {"join", core_join, METH_VARARGS, NULL},
    {"network", core_network, METH_VARARGS, NULL},
    {"scores", core_scores, METH_VARARGS, NULL},
    {"evidence_tables", core_evidence_tables, METH_VARARGS, NULL},
    {"evidence", core_evidence, METH_VARARGS, NULL},
    {"walk_tables", core_walk_tables, METH_VARARGS, NULL},
    {"walk", core_walk, METH_VARARGS, NULL},
    {"source", core_source, METH_VARARGS, NULL},
    {"odd_signs", core_odd_signs, METH_O, NULL},
    {"few_names", core_few_names, METH_VARARGS, NULL},
    {"said", core_said, METH_VARARGS, NULL},
    {"removal_tables", core_removal_tables, METH_VARARGS, NULL},
    {"tag_tables", core_tag_tables, METH_VARARGS, NULL},
    {"reasons", core_reasons, METH_VARARGS, NULL},
    {"ledger_tables", core_ledger_tables, METH_VARARGS, NULL},
    {"line_owners", core_line_owners, METH_VARARGS, NULL},
    {"group_removed", core_group_removed, METH_VARARGS, NULL},
    {"by_line", core_by_line, METH_VARARGS, NULL},
    {"confidences", core_confidences, METH_VARARGS, NULL},
    {"with_figure", core_with_figure, METH_VARARGS, NULL},
    {"tables", core_tables, METH_VARARGS, NULL},
    {"features", core_features, METH_VARARGS, NULL},
    {"decoder", core_decoder, METH_VARARGS, NULL},
    {"decode", core_decode, METH_VARARGS, NULL},
    {"decode_again", core_decode_again, METH_VARARGS, NULL},
    {"headline_tables", core_headline_tables, METH_VARARGS, NULL},
    {"candidates", core_candidates, METH_VARARGS, NULL},
    {"weigh", core_weigh, METH_VARARGS, NULL},
    {"count_tables", core_count_tables, METH_VARARGS, NULL},
    {"count_page", core_count_page, METH_VARARGS, NULL},
    {"type_tables", core_type_tables, METH_VARARGS, NULL},
    {"page_sums", core_page_sums, METH_VARARGS, NULL},
    {"sign_tables", core_sign_tables, METH_VARARGS, NULL},
    {"page_signs", core_page_signs, METH_VARARGS, NULL},
    {"pack", core_pack, METH_VARARGS, NULL},
    {"unpack", core_unpack, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static int prepare(PyObject *module)
{
    fill_crc_tables();
    if (PyModule_AddIntConstant(module, "VERSION", VERSION) < 0)
        return -1;
    return PyModule_AddStringConstant(module, "SOURCES", SOURCES);
}

static PyModuleDef_Slot SLOTS[] = {{Py_mod_exec, prepare}, {0, NULL}};

static PyModuleDef CORE = {
    PyModuleDef_HEAD_INIT, "articlecli._core", NULL, 0, METHODS, SLOTS, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&CORE);
}
