package dev.myproxy.lua.luajit;

import dev.myproxy.protocol.ByteString;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Strings to and from a Lua stack byte for byte: {@code lua_pushlstring} and {@code lua_tolstring} of the library that
 * luajava has loaded. Luajava's own way to push strings loses NUL bytes and everything that is not ASCII.
 *
 * <p>Not thread-safe: one per Lua state.
 */
// Calling native code is what this class is for; the JVM is started with the permission for it.
@SuppressWarnings("restricted")
final class NativeStrings {

    private static final int SCRATCH_BYTES = 4096;

    private final MethodHandle pushString;
    private final MethodHandle toString;
    private final MemorySegment scratch = Arena.ofAuto().allocate(SCRATCH_BYTES);
    private final MemorySegment size = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);

    private NativeStrings(MethodHandle pushString, MethodHandle toString) {
        this.pushString = pushString;
        this.toString = toString;
    }

    /**
     * Finds the two functions.
     *
     * @throws UnsatisfiedLinkError if the library is not loaded or hides them
     */
    static NativeStrings link() {
        return new NativeStrings(
                function("lua_pushlstring",
                        FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG)),
                function("lua_tolstring", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        MemorySegment symbol = SymbolLookup.loaderLookup().find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("no function " + name));
        return Linker.nativeLinker().downcallHandle(symbol, type);
    }

    /** Pushes a string; the stack must have a free slot. */
    void push(long thread, ByteString string) {
        byte[] bytes = string.toByteArray();
        if (bytes.length <= SCRATCH_BYTES) {
            push(thread, bytes, scratch);
            scratch.asSlice(0, bytes.length).fill((byte) 0);
        } else {
            try (Arena arena = Arena.ofConfined()) {
                push(thread, bytes, arena.allocate(bytes.length));
            }
        }
    }

    private void push(long thread, byte[] bytes, MemorySegment memory) {
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        try {
            pushString.invokeExact(thread, memory, (long) bytes.length);
        } catch (Throwable e) {
            throw new IllegalStateException("lua_pushlstring failed", e);
        }
    }

    /** Reads a string; what is at the index must be one. */
    ByteString read(long thread, int index) {
        try {
            MemorySegment string = (MemorySegment) toString.invokeExact(thread, index, size);
            long length = size.get(ValueLayout.JAVA_LONG, 0);
            return ByteString.copyOf(string.reinterpret(length).toArray(ValueLayout.JAVA_BYTE));
        } catch (Throwable e) {
            throw new IllegalStateException("lua_tolstring failed", e);
        }
    }
}
