#!/usr/bin/env node
import { buildProgram } from "./program.ts";
import { stopWhenUnread } from "./run-command.ts";

stopWhenUnread(process.stdout);
stopWhenUnread(process.stderr);
await buildProgram().parseAsync(process.argv);
