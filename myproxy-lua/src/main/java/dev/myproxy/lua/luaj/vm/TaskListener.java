package dev.myproxy.lua.luaj.vm;

import org.luaj.vm2.Varargs;

/** Is told how a coroutine that Java started has ended, unless it was cancelled. */
public interface TaskListener {

    void returned(Varargs results);

    void failed(Raised error);
}
