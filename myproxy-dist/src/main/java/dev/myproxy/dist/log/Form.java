package dev.myproxy.dist.log;

/** What an entry looks like in a stream. */
@FunctionalInterface
interface Form {

    /** The entry with the ends of its lines. */
    byte[] render(Entry entry);
}
