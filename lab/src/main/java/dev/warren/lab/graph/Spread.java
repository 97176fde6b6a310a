package dev.warren.lab.graph;

import java.util.Arrays;

/** Numbers in a row that keep their distance. */
final class Spread {
  private Spread() {}

  /**
   * Comes as near to the wishes as the distances allow, the squares of the differences summed
   * (isotonic regression, pool adjacent violators).
   *
   * @param wishes where each would like to be
   * @param apart how far each must be from the one before it, at least; the first is not used
   */
  static double[] of(double[] wishes, double[] apart) {
    int n = wishes.length;
    double[] offset = new double[n];
    for (int i = 1; i < n; i++) {
      offset[i] = offset[i - 1] + apart[i];
    }
    double[] mean = new double[n];
    int[] size = new int[n];
    int pools = 0;
    for (int i = 0; i < n; i++) {
      mean[pools] = wishes[i] - offset[i];
      size[pools] = 1;
      pools++;
      while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
        int both = size[pools - 2] + size[pools - 1];
        mean[pools - 2] =
            (mean[pools - 2] * size[pools - 2] + mean[pools - 1] * size[pools - 1]) / both;
        size[pools - 2] = both;
        pools--;
      }
    }
    double[] result = new double[n];
    int at = 0;
    for (int pool = 0; pool < pools; pool++) {
      Arrays.fill(result, at, at + size[pool], mean[pool]);
      at += size[pool];
    }
    for (int i = 0; i < n; i++) {
      result[i] += offset[i];
    }
    return result;
  }
}
