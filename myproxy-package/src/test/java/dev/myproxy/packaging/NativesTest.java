package dev.myproxy.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativesTest {

    private static final Platform PLATFORM = new Platform("here", List.of("/libluajit.so", "/linux/libsodium.so"));

    @TempDir
    private Path directory;

    @Test
    void takesThoseOfThePlatformOutAndDropsOthers() throws Exception {
        Path mixed = jar("mixed.jar", "A.class", "linux/libsodium.so", "mac/libsodium.dylib", "libluajit.so");
        Path untouched = jar("untouched.jar", "B.class");
        Path foreign = jar("foreign.jar", "META-INF/MANIFEST.MF", "META-INF/native/lib.dll");
        byte[] before = Files.readAllBytes(untouched);

        new Natives(PLATFORM, directory, directory.resolve("native")).layOut();

        assertThat(directory.resolve("native/libsodium.so")).hasContent("linux/libsodium.so");
        assertThat(directory.resolve("native/libluajit.so")).hasContent("libluajit.so");
        assertThat(directory.resolve("native")).isDirectoryNotContaining("glob:**.{dylib,dll}");
        try (ZipFile zip = new ZipFile(mixed.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("A.class");
        }
        assertThat(untouched).hasBinaryContent(before);
        assertThat(foreign).doesNotExist();
    }

    @Test
    void noticesWhatIsMissing() throws Exception {
        jar("some.jar", "libluajit.so");

        assertThatThrownBy(() -> new Natives(PLATFORM, directory, directory.resolve("native")).layOut())
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("/linux/libsodium.so");
    }

    @Test
    void knowsThisMachine() {
        assertThat(Platform.of("amd64").debian()).isEqualTo("amd64");
        assertThat(Platform.of("aarch64").debian()).isEqualTo("arm64");
        assertThatThrownBy(() -> Platform.of("s390x")).hasMessageContaining("s390x");
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }
}
