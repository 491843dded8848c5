/** A reporter that names every skipped test and closes with one plain line of counts. */
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export class NamedSkips implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const withState = (state: string) => tests.filter((test: TestCase) => test.result().state === state);
    const skipped = withState('skipped');
    const lines = skipped.map((test) => `skipped: ${test.module.relativeModuleId} > ${test.fullName}`);
    const counts = `${withState('passed').length} passed, ${withState('failed').length} failed, ${skipped.length} skipped`;
    process.stdout.write(`${[...lines, counts].join('\n')}\n`);
  }
}
