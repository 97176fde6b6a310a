package dev.warren.lab.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a lab is built and of what.
 *
 * @param store the folder of the machine on which, inside the lab, its memory is mounted
 * @param layers folders that hold {@code usr} and maybe {@code etc}, the topmost first
 * @param readOnlyBinds folders of the machine, by their path in the hosts
 * @param sharedDirectory where the hosts see a folder that all share
 * @param hidden folders of the machine that are empty to the hosts
 * @param visible files and folders of the machine that stay visible, to be read, where a private
 *     directory of a host would hide them
 */
public record Site(
    Path store,
    List<Path> layers,
    Map<Path, Path> readOnlyBinds,
    Optional<Path> sharedDirectory,
    List<Path> hidden,
    List<Path> visible) {

  /** Those folders of the layers that are called so, the topmost first. */
  List<Path> layers(String folder) {
    return layers.stream().map(layer -> layer.resolve(folder)).filter(Files::isDirectory).toList();
  }
}
