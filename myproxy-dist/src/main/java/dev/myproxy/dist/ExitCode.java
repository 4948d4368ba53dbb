package dev.myproxy.dist;

/** How the process ends; numbers of sysexits.h. The service manager must not restart after USAGE and CONFIG. */
enum ExitCode {

    OK(0), FAILURE(1), USAGE(64), UNAVAILABLE(69), NOT_PERMITTED(77), CONFIG(78);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
