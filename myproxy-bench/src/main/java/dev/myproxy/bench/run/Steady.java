package dev.myproxy.bench.run;

/** Tells when costs that fall at first fall no more. Pure. */
final class Steady {

    /** Less than this part of the lowest before is a fall; the rest is noise. */
    private static final double FALL = 0.95;
    /** How often in a row they must not have fallen. */
    private static final int TIMES = 3;

    private double lowest = Double.POSITIVE_INFINITY;
    private int times;

    void add(double cost) {
        times = cost < FALL * lowest ? 0 : times + 1;
        lowest = Math.min(lowest, cost);
    }

    boolean isReached() {
        return times >= TIMES;
    }
}
