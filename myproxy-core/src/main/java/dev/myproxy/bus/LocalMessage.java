package dev.myproxy.bus;

/** Immutable things that travel over the event bus as they are, within this process. */
public interface LocalMessage {}
