/* Beside `zone.py`: where on a page each zone is. */

#include "core.h"

static PyObject *empty_lists(PyObject *every, Py_ssize_t count)
{
    PyObject *found = PyDict_New();
    for (Py_ssize_t i = 0; found != NULL && i < count; i++) {
        PyObject *list = PyList_New(0);
        if (list == NULL || PyDict_SetItem(found, PyTuple_GetItem(every, i), list) < 0)
            Py_CLEAR(found);
        Py_XDECREF(list);
    }
    return found;
}

/* where_zones_are(every zone, zones of the blocks) → zone → a list of positions */
PyObject *core_where_zones_are(PyObject *module, PyObject *args)
{
    PyObject *every, *zones;
    (void)module;
    if (!PyArg_ParseTuple(args, "O!O", &PyTuple_Type, &every, &zones))
        return NULL;
    zones = PySequence_Tuple(zones); /* what is a list could change */
    PyObject *found = zones ? empty_lists(every, PyTuple_Size(every)) : NULL;
    PyObject *last = NULL, *list = NULL; /* borrowed: the zone of the block above, and its list */
    for (Py_ssize_t i = 0, count = found ? PyTuple_Size(zones) : 0; found != NULL && i < count; i++) {
        PyObject *zone = PyTuple_GetItem(zones, i);
        if (zone != last)
            list = PyDict_GetItemWithError(found, zone);
        last = zone;
        if (list == NULL && !PyErr_Occurred())
            PyErr_SetObject(PyExc_KeyError, zone);
        PyObject *number = list ? PyLong_FromSsize_t(i) : NULL;
        if (number == NULL || PyList_Append(list, number) < 0)
            Py_CLEAR(found);
        Py_XDECREF(number);
    }
    Py_XDECREF(zones);
    return found;
}
