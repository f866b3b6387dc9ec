/** Rows of 0 and 1 as they are printed, blanks between rows. */
const rows = (printed: string) =>
  printed
    .trim()
    .split(/\s+/)
    .map(row => Array.from(row, Number))

/**
 * "Item Analysis Worksheet" (studylib.net, document 25270846): ten students, from the strongest to the weakest, ten
 * questions; the worksheet prints p and D of each, the groups being the upper and the lower five.
 */
export const worksheet = {
  answers: rows(`1111111111 1111111101 1101111100 0111110101 1110111001
    1110110100 0110110101 0111001010 1110100001 0100010010`),
  difficulty: [0.6, 1, 0.8, 0.5, 0.8, 0.8, 0.5, 0.6, 0.3, 0.6],
  discrimination: [0.4, 0, 0, 0.6, 0.4, 0.4, 0.6, 0.4, -0.2, 0.4],
}

/**
 * K. L. Wuensch, "The Kuder-Richardson 20" (core.ecu.edu/wuenschk/StatHelp/KR20.txt): ten students, ten questions, with
 * the variances pq of the questions and 5.84, the variance of the totals. The line of student C adds up to 6 there, and
 * the last question to 0.5, where 7 and 0.6 are printed: with its last 0 made a 1, both are as printed.
 */
export const wuensch = {
  answers: rows(`1111110110 1011011101 1111011001 0010001000 0000010010
    1110111111 1101110111 1111111101 0101111101 1101101110`),
  difficulty: [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6],
  pq: [0.21, 0.21, 0.24, 0.21, 0.24, 0.16, 0.21, 0.21, 0.25, 0.24],
  variance: 5.84,
}

/**
 * Section 6 of the Law School Admission Test: 1,000 people, 5 questions. R. D. Bock and M. Lieberman (1970),
 * Psychometrika 35, 179–197; the frequencies as in the OpenBUGS examples, volume 1, "LSAT": pattern n is n in binary.
 */
const frequencies = [
  ...[3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15],
  ...[10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298],
]
export const lsat = {
  answers: frequencies.flatMap((people, pattern) =>
    Array.from({ length: people }, () => Array.from(pattern.toString(2).padStart(5, '0'), Number)),
  ),
  // As `descript(LSAT)` of R's package ltm prints them (D. Rizopoulos 2006, Journal of Statistical Software 17(5)).
  // The frequencies were looked up; these figures of ltm are given from memory.
  difficulty: [0.924, 0.709, 0.553, 0.763, 0.87],
  included: [0.362, 0.5668, 0.6184, 0.5344, 0.4354],
  excluded: [0.1128, 0.1532, 0.1728, 0.1444, 0.1216],
  alpha: 0.295,
}

/**
 * Moodle's own check of its quiz statistics (mod/quiz/report/statistics/tests, statistics_test.php with its fixture of
 * question states; the expected figures are from a spreadsheet, stats.xls): 22 tries at 13 questions that earn points,
 * partly right answers among them. Of each try its sum and what it earned of four of the questions.
 */
const moodleTries = [
  ...[
    [12, 5.5, 0.9, 1, 1],
    [7.4, 1, 0.9, 0.3, 1],
    [11.7, 2.5, 0.9, 0.3, 0],
    [8.5, 4, 0.9, 1, 0],
  ],
  ...[
    [10.1, 3, 0.3, 0.9, 0],
    [11.3, 4.5, 1, 1, 0],
    [11.2, 3, 0.3, 0.3, 1],
    [14.1, 6, 0.9, 1, 0],
  ],
  ...[
    [8.6, 0.5, 1, 0.9, 0],
    [11.6, 5.5, 1, 0.9, 1],
    [9.3, 2.5, 1, 1, 0],
    [13.1, 4, 0.3, 0.9, 0],
  ],
  ...[
    [11.5, 4, 0.3, 0.3, 1],
    [11.3, 3, 1, 0.3, 0],
    [5.5, 1, 0.9, 0.3, 1],
    [4.8, 1, 0.3, 0.3, 0],
  ],
  ...[
    [8.7, 1.5, 0.3, 0.9, 1],
    [11.8, 4, 1, 0.9, 0],
    [6, 2, 0.9, 0.3, 0],
    [5.9, 1, 0.3, 0.3, 0],
  ],
  ...[
    [12.8, 6, 1, 1, 0],
    [13.8, 7, 0.3, 0.3, 1],
  ],
]
export const moodle = [
  { slot: 8, points: 8, facility: 41.19318182, discrimination: 25.88327077, column: 1 },
  { slot: 10, points: 1, facility: 71.36363636, discrimination: -4.207816809, column: 2 },
  { slot: 11, points: 1, facility: 65.45454545, discrimination: 28.16930644, column: 3 },
  { slot: 13, points: 1, facility: 36.36363636, discrimination: -12.99017581, column: 4 },
].map(({ column, ...expected }) => ({
  ...expected,
  tries: moodleTries.map(([sum = 0, ...marks]) => ({ sum, earned: marks[column - 1] ?? 0 })),
}))
