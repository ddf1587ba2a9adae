/* Beside `text/lines.py`; and what `rows.c` and `joining.c` know of characters. */

#include "chars.h"

bool fill_chars(Chars *to, PyObject *ranges)
{
    Py_ssize_t count = PyTuple_Check(ranges) ? PyTuple_Size(ranges) : -1;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *range = PyTuple_GetItem(ranges, i);
        Py_ssize_t size = PyUnicode_Check(range) ? PyUnicode_GetLength(range) : 0;
        if (size < 1 || size > 2 || to->count == MOST_RANGES) {
            count = -1;
            break;
        }
        Py_UCS4 first = PyUnicode_ReadChar(range, 0), last = PyUnicode_ReadChar(range, size - 1);
        for (Py_UCS4 c = first; c <= last && c < 128; c++)
            to->ascii[c] = true;
        if (last > 127) {
            to->wide[to->count].first = first;
            to->wide[to->count++].last = last;
        }
    }
    if (count < 0)
        PyErr_SetString(PyExc_ValueError, "no set of characters");
    return count >= 0;
}

bool has_wide(const Chars *chars, Py_UCS4 c)
{
    for (int i = 0; i < chars->count; i++)
        if (c >= chars->wide[i].first && c <= chars->wide[i].last)
            return true;
    return false;
}

int class_of(PyObject *ask, Py_UCS4 c)
{
    if (c < 128)
        return is_capital(c) ? ALPHA | ALNUM
               : is_capital(c - 32) ? ALPHA | LOWER | ALNUM
               : is_digit(c)        ? ALNUM
                                    : 0;
    PyObject *number = PyLong_FromUnsignedLong(c);
    PyObject *said = number ? ask_of(ask, number) : NULL;
    long found = said ? PyLong_AsLong(said) : -1;
    Py_XDECREF(number);
    Py_XDECREF(said);
    if (found > 15 || (found < 0 && !PyErr_Occurred())) {
        PyErr_SetString(PyExc_ValueError, "a class of characters is out of range");
        return -1;
    }
    return (int)found;
}

static bool is_of(PyObject *tuple, int count)
{
    if (PyTuple_Check(tuple) && PyTuple_Size(tuple) == count)
        return true;
    PyErr_SetString(PyExc_ValueError, "a table is of another size");
    return false;
}

bool copy_calls(PyObject **to, int count, PyObject *tuple)
{
    if (!is_of(tuple, count))
        return false;
    for (int i = 0; i < count; i++) {
        to[i] = PyTuple_GetItem(tuple, i);
        Py_INCREF(to[i]);
    }
    return true;
}

bool copy_sets(Chars *to, int count, PyObject *tuple)
{
    if (!is_of(tuple, count))
        return false;
    for (int i = 0; i < count; i++)
        if (!fill_chars(&to[i], PyTuple_GetItem(tuple, i)))
            return false;
    return true;
}

bool copy_numbers(long *to, int count, PyObject *tuple)
{
    if (!is_of(tuple, count))
        return false;
    for (int i = 0; i < count; i++) {
        to[i] = PyLong_AsLong(PyTuple_GetItem(tuple, i));
        if (to[i] == -1 && PyErr_Occurred())
            return false;
        if (to[i] < -(1 << 24) || to[i] > 1 << 24) {
            PyErr_SetString(PyExc_ValueError, "a number of a table is out of range");
            return false;
        }
    }
    return true;
}

/* holding(lines, part) → a list of the numbers of the lines that hold a text. */
PyObject *core_holding(PyObject *module, PyObject *args)
{
    PyObject *lines, *part;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!U", &PyList_Type, &lines, &part))
        return NULL;
    PyObject *out = PyList_New(0);
    Py_ssize_t count = PyList_Size(lines), size = PyUnicode_GetLength(part);
    for (Py_ssize_t i = 0; out != NULL && i < count; i++) {
        PyObject *line = PyList_GetItem(lines, i);
        Py_ssize_t at = -2;
        if (!PyUnicode_Check(line))
            PyErr_SetString(PyExc_TypeError, "a line is no text");
        else if (PyUnicode_GetLength(line) < size)
            continue;
        else
            at = PyUnicode_Find(line, part, 0, PY_SSIZE_T_MAX, 1);
        if (at == -1)
            continue;
        PyObject *number = at < 0 ? NULL : PyLong_FromSsize_t(i);
        if (number == NULL || PyList_Append(out, number) < 0)
            Py_CLEAR(out);
        Py_XDECREF(number);
    }
    return out;
}

/* line_spans(text) → a list, of a text whose lines end with LF. */
PyObject *core_line_spans(PyObject *module, PyObject *text)
{
    (void)module;
    Py_ssize_t size = PyUnicode_Check(text) ? PyUnicode_GetLength(text) : -1;
    if (size < 0) {
        PyErr_SetString(PyExc_TypeError, "no text");
        return NULL;
    }
    PyObject *out = PyList_New(0);
    for (Py_ssize_t start = 0; out != NULL && start < size;) {
        Py_ssize_t end = PyUnicode_FindChar(text, '\n', start, size, 1);
        if (end < 0)
            end = size;
        PyObject *from = PyLong_FromSsize_t(start), *to = PyLong_FromSsize_t(end);
        PyObject *span = from && to ? PyTuple_Pack(2, from, to) : NULL;
        if (span == NULL || PyList_Append(out, span) < 0)
            Py_CLEAR(out);
        Py_XDECREF(from);
        Py_XDECREF(to);
        Py_XDECREF(span);
        start = end + 1;
    }
    return out;
}
