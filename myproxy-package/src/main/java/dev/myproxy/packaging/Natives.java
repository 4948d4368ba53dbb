package dev.myproxy.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Lays out native libraries for one platform: takes them out of the jars of a directory, which loses those of all other
 * platforms, and writes them beside, so that nothing is unpacked when the daemon starts.
 */
public final class Natives {

    private final Platform platform;
    private final Path libraries;
    private final Path natives;
    private final TreeSet<String> found = new TreeSet<>();

    Natives(Platform platform, Path libraries, Path natives) {
        this.platform = platform;
        this.libraries = libraries;
        this.natives = natives;
    }

    /**
     * Lays them out for the platform that this runs on.
     *
     * @param arguments the directory of the jars, and the one to make for native libraries
     */
    public static void main(String[] arguments) throws IOException {
        new Natives(Platform.of(System.getProperty("os.arch")), Path.of(arguments[0]), Path.of(arguments[1])).layOut();
    }

    /**
     * Does it.
     *
     * @throws IllegalStateException if a library that the platform should have is in none of the jars
     */
    void layOut() throws IOException {
        Files.createDirectories(natives);
        for (Path jar : jars()) {
            layOut(jar);
        }
        if (found.size() != platform.natives().size()) {
            throw new IllegalStateException("Of the native libraries " + platform.natives() + " only " + found
                    + " are in the jars: has a new version of a library other names?");
        }
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(libraries)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private void layOut(Path jar) throws IOException {
        ByteArrayOutputStream without = new ByteArrayOutputStream();
        List<String> classes = new ArrayList<>();
        boolean changed = false;
        try (ZipFile zip = new ZipFile(jar.toFile()); ZipOutputStream out = new ZipOutputStream(without)) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                boolean taken = Platform.isNative(name);
                changed |= taken;
                if (platform.has(name)) {
                    found.add(name);
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, natives.resolve(name.substring(name.lastIndexOf('/') + 1)));
                    }
                }
                if (!taken) {
                    classes.add(name);
                    write(zip, entry, out);
                }
            }
        }
        if (changed && classes.stream().allMatch(name -> name.startsWith("META-INF/"))) {
            Files.delete(jar);
        } else if (changed) {
            Files.write(jar, without.toByteArray());
        }
    }

    private static void write(ZipFile zip, ZipEntry entry, ZipOutputStream out) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        try (InputStream in = zip.getInputStream(entry)) {
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
