package dev.myproxy.session;

/** How a session came to a server, or tries to. */
interface Approach {

    /**
     * Goes on to another server because this one is not fit any more.
     *
     * @param reason one line
     * @return false if it is too late for that
     */
    boolean giveUp(String reason);
}
