/* Beside `article/confidence.py`: how sure the zones of a page are. */

#include "core.h"
#include <math.h>

enum { MILLION = 1000000 };

/* A confidence in millionths; -1 with an exception. */
static long share_of(PyObject *verdict, PyObject *name)
{
    PyObject *found = PyObject_GetAttr(verdict, name);
    double share = found ? PyFloat_AsDouble(found) : -1;
    Py_XDECREF(found);
    if (share >= 0 && share <= 1)
        return (long)nearbyint(share * MILLION);
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "a confidence is no share");
    return -1;
}

static Py_ssize_t size_of(PyObject *block, PyObject *name)
{
    PyObject *text = PyObject_GetAttr(block, name);
    Py_ssize_t size = text ? PyUnicode_GetLength(text) : -1;
    Py_XDECREF(text);
    return size;
}

/* Three digits of a share; what lies between two is Python's to round. */
static PyObject *rounded(PyObject *ask, long share)
{
    if (share % 1000 != 500)
        return PyFloat_FromDouble((double)((share + 500) / 1000) / 1000);
    return PyObject_CallFunction(ask, "l", share);
}

/* confidences(rounded, blocks, verdicts) → (characters right in millionths, characters, shares) */
PyObject *core_confidences(PyObject *module, PyObject *args)
{
    PyObject *ask, *blocks, *verdicts;
    long long right = 0, size = 0;
    (void)module;
    if (!PyArg_ParseTuple(args, "OOO", &ask, &blocks, &verdicts))
        return NULL;
    Py_ssize_t count = PySequence_Size(verdicts);
    PyObject *text = PyUnicode_InternFromString("text");
    PyObject *confidence = PyUnicode_InternFromString("confidence");
    PyObject *shares = count < 0 ? NULL : PyList_New(count);
    bool fine = text != NULL && confidence != NULL && shares != NULL;
    if (fine && PySequence_Size(blocks) != count) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "there is a verdict a block");
        fine = false;
    }
    for (Py_ssize_t i = 0; fine && i < count; i++) {
        PyObject *block = PySequence_GetItem(blocks, i);
        PyObject *verdict = block ? PySequence_GetItem(verdicts, i) : NULL;
        Py_ssize_t chars = verdict ? size_of(block, text) : -1;
        long share = chars < 0 ? -1 : share_of(verdict, confidence);
        PyObject *made = share < 0 ? NULL : rounded(ask, share);
        Py_XDECREF(block);
        Py_XDECREF(verdict);
        fine = made != NULL && PyList_SetItem(shares, i, made) == 0;
        if (fine && chars > (INT64_MAX - right) / MILLION) {
            PyErr_SetString(PyExc_OverflowError, "a page is too large");
            fine = false;
        }
        right += fine ? (long long)chars * share : 0;
        size += fine ? chars : 0;
    }
    PyObject *out = fine ? Py_BuildValue("(LLO)", right, size, shares) : NULL;
    Py_XDECREF(text);
    Py_XDECREF(confidence);
    Py_XDECREF(shares);
    return out;
}
