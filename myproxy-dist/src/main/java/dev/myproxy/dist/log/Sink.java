package dev.myproxy.dist.log;

/** Where entries end up. Used by one thread at a time, which it may hold up. */
interface Sink {

    /** Says whether it is written, as far as can be told. */
    boolean write(Entry entry);

    /** Passes on what was kept back. Says whether all of it is written; what is not is tried again, up to the size of a buffer. */
    boolean flush();
}
