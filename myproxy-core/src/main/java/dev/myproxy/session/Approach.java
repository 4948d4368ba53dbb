package dev.myproxy.session;

/** How a session came to a server, or tries to. */
interface Approach {

    /** It is logged in there, and remembers no more of the way. */
    Approach ARRIVED = _ -> false;

    /**
     * Goes on to another server because this one is not fit any more.
     *
     * @param reason one line
     * @return false if it is too late for that
     */
    boolean giveUp(String reason);
}
