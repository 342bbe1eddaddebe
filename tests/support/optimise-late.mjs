/**
 * Loaded first by every process of a run of tests: V8 optimises a function only after ten times as much work of it. Most functions of
 * a test run a few times, and optimising them takes longer than they do. Later versions of Node optimise in smaller steps.
 */
import { setFlagsFromString } from 'node:v8';

if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--interrupt-budget=660000');
