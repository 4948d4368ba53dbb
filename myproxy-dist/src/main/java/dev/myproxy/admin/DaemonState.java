package dev.myproxy.admin;

/** Whether clients are let in. */
public enum DaemonState {

    /** The configuration still runs. */
    STARTING("starting"),

    READY("ready"),

    /** Clients are let go, none is let in. */
    STOPPING("stopping");

    private final String label;

    DaemonState(String label) {
        this.label = label;
    }

    /** The name in documents. */
    String label() {
        return label;
    }
}
