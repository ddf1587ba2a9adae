/* Rows as the core holds them, and as Python does. */

#include "rows.h"
#include "room.h"

const char ROWS[] = "articlecli.rows";

Row *new_row(Rows *rows)
{
    if (rows->count == rows->room &&
        !grow((void **)&rows->items, &rows->room, sizeof *rows->items))
        return NULL;
    rows->items[rows->count] = (Row){0};
    return &rows->items[rows->count++];
}

void free_rows(Rows *rows)
{
    for (Py_ssize_t i = 0; i < rows->count; i++) {
        Row *row = &rows->items[i];
        Py_XDECREF(row->number);
        Py_XDECREF(row->start);
        Py_XDECREF(row->end);
        Py_XDECREF(row->text);
        Py_XDECREF(row->gap);
        Py_XDECREF(row->mark);
        Py_XDECREF(row->field);
        Py_XDECREF(row->resumes);
    }
    PyMem_Free(rows->items);
}

int kind_of(PyObject *mark, PyObject *no_mark)
{
    static const char *const kinds[] = {"", "heading", "list_item", "quote", "table", "code"};
    if (mark == no_mark)
        return PLAIN;
    PyObject *kind = PyObject_GetAttrString(mark, "kind");
    int found = kind == NULL ? -1 : OTHER;
    for (int i = HEADING; kind != NULL && i < OTHER; i++)
        if (PyUnicode_Check(kind) && PyUnicode_CompareWithASCIIString(kind, kinds[i]) == 0)
            found = i;
    Py_XDECREF(kind);
    return found;
}

PyObject *python_row(PyObject *class, const Row *row)
{
    return PyObject_CallFunctionObjArgs(class, row->number, row->start, row->end, row->text,
                                        row->gap, row->mark, NULL);
}

PyObject *python_rows(PyObject *class, const Rows *rows)
{
    PyObject *list = PyList_New(rows->count);
    for (Py_ssize_t i = 0; list != NULL && i < rows->count; i++) {
        PyObject *row = python_row(class, &rows->items[i]);
        if (row == NULL || PyList_SetItem(list, i, row) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* rows(class, rows) → a list of what Python calls rows */
PyObject *core_rows(PyObject *module, PyObject *args)
{
    PyObject *class, *capsule;
    (void)module;
    if (!PyArg_ParseTuple(args, "OO", &class, &capsule))
        return NULL;
    const Rows *rows = held(capsule, ROWS);
    return rows ? python_rows(class, rows) : NULL;
}
