/* Beside `article/confidence.py`: how sure the zones of a page are. */

#include "attributes.h"
#include <math.h>

enum { MILLION = 1000000 };

/* A confidence in millionths; -1 with an exception. */
static long share_of(const Attribute *confidence, PyObject *verdict)
{
    double share;
    if (!float_at(confidence, verdict, &share))
        return -1;
    if (share >= 0 && share <= 1)
        return (long)nearbyint(share * MILLION);
    PyErr_SetString(PyExc_ValueError, "a confidence is no share");
    return -1;
}

static Py_ssize_t size_of(const Attribute *text, PyObject *block)
{
    PyObject *is = value_of(text, block);
    Py_ssize_t size = is ? PyUnicode_GetLength(is) : -1;
    Py_XDECREF(is);
    return size;
}

/* Three digits of a share; what lies between two is Python's to round. */
static PyObject *rounded(PyObject *ask, long share)
{
    if (share % 1000 != 500)
        return PyFloat_FromDouble((double)((share + 500) / 1000) / 1000);
    return PyObject_CallFunction(ask, "l", share);
}

/* confidences(rounded, (Block, Verdict), blocks, verdicts) → (characters right in millionths,
 * characters, shares) */
PyObject *core_confidences(PyObject *module, PyObject *args)
{
    PyObject *ask, *block, *verdict, *blocks, *verdicts;
    Attribute text = {0}, confidence = {0};
    long long right = 0, size = 0;
    (void)module;
    if (!PyArg_ParseTuple(args, "O(OO)O!O!", &ask, &block, &verdict, &PyTuple_Type, &blocks,
                          &PyTuple_Type, &verdicts))
        return NULL;
    Py_ssize_t count = PyTuple_Size(verdicts);
    if (PyTuple_Size(blocks) != count) {
        PyErr_SetString(PyExc_ValueError, "there is a verdict a block");
        return NULL;
    }
    PyObject *shares = PyList_New(count);
    bool fine = shares != NULL && find_attribute(&text, block, "text") &&
                find_attribute(&confidence, verdict, "confidence");
    for (Py_ssize_t i = 0; fine && i < count; i++) {
        Py_ssize_t chars = size_of(&text, PyTuple_GetItem(blocks, i));
        long share = chars < 0 ? -1 : share_of(&confidence, PyTuple_GetItem(verdicts, i));
        PyObject *made = share < 0 ? NULL : rounded(ask, share);
        fine = made != NULL && PyList_SetItem(shares, i, made) == 0;
        if (fine && chars > (INT64_MAX - right) / MILLION) {
            PyErr_SetString(PyExc_OverflowError, "a page is too large");
            fine = false;
        }
        right += fine ? (long long)chars * share : 0;
        size += fine ? chars : 0;
    }
    PyObject *out = fine ? Py_BuildValue("(LLO)", right, size, shares) : NULL;
    Py_XDECREF(text.member);
    Py_XDECREF(confidence.member);
    Py_XDECREF(shares);
    return out;
}
