package dev.myproxy.admin;

/**
 * How the script does.
 *
 * @param engine  that runs it
 * @param errors  errors in its functions so far
 * @param waiting its coroutines that wait for something now
 */
public record ScriptRow(String engine, long errors, long waiting) {}
