package dev.myproxy.lua.lib.metrics;

import dev.myproxy.lua.LuaObject;

/** A metric of a script. */
abstract sealed class Metric extends LuaObject permits CounterObject, GaugeObject, HistogramObject {

    private final MetricDefinition definition;

    Metric(MetricDefinition definition) {
        this.definition = definition;
    }

    MetricDefinition definition() {
        return definition;
    }
}
