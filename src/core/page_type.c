/* Beside `model/page_type.py`: the scores of a page. */

#include "core.h"

#define UNSIGNED 128  /* see `model/file.py` */
#define MOST_SCORES 64

/* row_sums(table, width, numbers) → the sum of those rows of a table, a number a column. */
PyObject *core_row_sums(PyObject *module, PyObject *args)
{
    PyObject *numbers, *list = NULL;
    Py_buffer table;
    int width;
    int64_t sums[MOST_SCORES] = {0};
    (void)module;
    if (!PyArg_ParseTuple(args, "y*iO!", &table, &width, &PyList_Type, &numbers))
        return NULL;
    if (width < 1 || width > MOST_SCORES) {
        PyErr_SetString(PyExc_ValueError, "a row is of another width");
        goto done;
    }
    Py_ssize_t count = PyList_Size(numbers), rows = table.len / width;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PyList_GetItem(numbers, i);
        Py_ssize_t number = PyLong_Check(item) ? PyLong_AsSsize_t(item) : -1;
        if (number < 0 || number >= rows) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "the table has no such row");
            goto done;
        }
        const uint8_t *row = (const uint8_t *)table.buf + number * width;
        for (int at = 0; at < width; at++)
            sums[at] += row[at] - UNSIGNED;
    }
    list = PyList_New(width);
    for (int at = 0; list != NULL && at < width; at++) {
        PyObject *sum = PyLong_FromLongLong(sums[at]);
        if (sum == NULL || PyList_SetItem(list, at, sum) < 0)
            Py_CLEAR(list);
    }
done:
    PyBuffer_Release(&table);
    return list;
}
