package dev.myproxy.lua;

import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A script's world: globals, standard libraries, coroutines. What an engine adapter implements.
 *
 * <h2>Turns</h2> A state and all library code on it run in turn: its methods are called by one thread at a time, in the
 * turn that {@link LuaSetup#turn()} stands for. {@link #run} and {@link #start} return when the Lua code that they set
 * going has ended or is suspended; the bodies of builtins and the takers of outcomes run within them. An adapter may use
 * threads of its own as long as the caller waits meanwhile, so that nothing runs at the same time and each sees what the
 * others wrote. When the future of a {@link LuaReply.Later} completes, on whatever thread, the adapter goes on with the
 * coroutine in a new turn through {@link LuaSetup#turn()}.
 *
 * <h2>What an adapter must do</h2>
 * <ul>
 * <li><b>Dialect</b>: Lua 5.1 as LuaJIT speaks it, all standard libraries open, nothing sandboxed, except that scripts
 * cannot reach Java classes. {@code print}, {@code os.exit} are set by package {@code lib}.
 * <li><b>Values</b>: strings pass byte for byte, numbers as doubles, {@link LuaValue.Fresh} becomes a new table (with
 * nested ones), {@link LuaObject} and {@link LuaBuiltin} keep their identity as their Javadoc says. A
 * {@code LuaObject} that comes back from Lua is the same Java object; {@link LuaReference}s are released when their time is
 * over, so that a million callbacks leave nothing behind.
 * <li><b>Builtins</b>: {@code body.call(new LuaArgs(name, values))}. A {@link LuaError} is raised as a string; if it is
 * positioned, {@code FILE:LINE: } of the Lua function that called the builtin goes before it (nothing, if none did). Any
 * other exception of the body is raised as its text, without position; it never passes through Lua code as a Java
 * exception and never ends the process. {@code pcall} catches both kinds.
 * <li><b>Objects</b>: index, assignment, {@code tostring} and {@code ==} call {@link LuaClass#get}, {@link LuaClass#set},
 * {@link LuaClass#describe}, {@link LuaClass#equal}; errors like those of builtins. {@code getmetatable} of an object gives
 * a string, so that a script cannot get at what keeps the object alive.
 * <li><b>Waiting</b>: on {@link LuaReply.Later} the calling coroutine is suspended, whatever coroutines of the script's
 * own it is nested in, up to the coroutine that {@link #start} made; {@code coroutine.resume} and {@code wrap} do not
 * return until the inner coroutine has really yielded or ended. Other tasks run meanwhile. While it waits it can't be
 * resumed by others: {@code coroutine.resume} gives {@code false, "cannot resume non-suspended coroutine"} and
 * {@code coroutine.status} says {@code normal}. In {@link #run}, and in coroutines that were resumed there, the thread
 * {@linkplain LuaReply.Later#await blocks} instead. Where waiting is not possible (inside a callback of a library function
 * such as {@code table.sort} if the engine can't suspend that), {@code cancel} of the reply is run and
 * {@code cannot wait outside a coroutine} is raised, with position. The value of an attribute may come later too.
 * <li><b>Yielding tasks</b>: when the function of a task itself calls {@code coroutine.yield}, the task is suspended (the
 * yielded values are dropped) until other Lua code resumes its thread; that {@code coroutine.resume} returns what the
 * task yields next, or its results, or its error; when such a task ends, its outcome is told as well. When such a task
 * waits, {@code coroutine.resume} returns {@code true} without values and the task goes on by itself. A task that was
 * cancelled is dead to {@code coroutine.resume}.
 * <li><b>Outcome</b>: told exactly once, as soon as the task's function has ended, perhaps before {@link #start}
 * returns, unless the task was cancelled before.
 * <li><b>Depth</b>: coroutines that resume each other are nested at most 190 deep; then {@code coroutine.resume} gives
 * {@code false, "C stack overflow"}.
 * <li><b>Limit</b>: Lua code in a task that runs for longer than {@link LuaSetup#limit()} without waiting gets the error
 * {@code FILE:LINE: callback ran for more than N seconds}, with the line that it was at. A {@code pcall} may catch it
 * once, but then the next instruction gets it again, so that the task ends nevertheless. There is no limit in
 * {@link #run}. The time that a builtin needs counts; it is not interrupted.
 * <li><b>Failures of the script never end the process or the turn</b>: endless recursion, errors in error handlers,
 * error values of any type, memory that the script used up as far as the engine can tell.
 * </ul>
 */
public interface LuaState extends AutoCloseable {

    /** Sets a global variable, without metamethods; nil removes it. */
    void setGlobal(String name, LuaValue value);

    /**
     * Loads a chunk and runs it in the main thread, without limit; what has to wait blocks.
     *
     * @param source    Lua source; a first line that begins with {@code #} is skipped
     * @param chunkName as {@code lua_load} takes it: {@code @config.lua} makes error texts begin with
     *                  {@code config.lua:LINE:}; the adapter must not touch or shorten it more than Lua does
     * @param args      what {@code ...} is in the chunk
     * @throws LuaError for a syntax error and for an error that the chunk raises; its text is the whole message, with its
     *                  position; the type's name if the value raised is neither string nor number
     */
    void run(ByteString source, String chunkName, LuaValue... args);

    /** A new table, {@linkplain LuaReference#keep() kept}. */
    LuaTable newTable();

    /**
     * Calls a function in a new coroutine. Not to be called by builtins or takers of outcomes: those leave it to a later
     * turn.
     *
     * @param owner   what {@link #owner()} says while the task runs
     * @param outcome takes the end of the task, in the script's turn
     */
    LuaTask start(LuaOwner owner, LuaFunction function, List<LuaValue> args, Consumer<LuaOutcome> outcome);

    /** {@link #start(LuaOwner, LuaFunction, List, Consumer) Starts} a task that nobody owns. */
    default LuaTask start(LuaFunction function, List<LuaValue> args, Consumer<LuaOutcome> outcome) {
        return start(LuaOwner.NOBODY, function, args, outcome);
    }

    /**
     * Whose task it is that calls the builtin that asks: of the task whose coroutine, or one nested in it, runs. Empty in
     * {@link #run}.
     */
    Optional<LuaOwner> owner();

    /** From now on all Lua code that runs, or would run, gets an error that it can't catch for good. For os.exit. */
    void stop();

    /** Cancels all tasks and frees everything. */
    @Override
    void close();
}
