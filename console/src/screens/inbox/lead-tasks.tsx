import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, read } from '../../api/client';
import type { Task } from '../../api/types';
import { useSpeech } from '../../i18n';
import { tellProblem } from '../../patterns/problems';
import { tasksKey, useTasks } from './lead-data';
import { Part } from './lead-parts';
import styles from './lead.module.css';

/** What was promised to the visitor, and by when. */
export function Tasks({ uuid, onJump }: { uuid: string; onJump: (messageId: string) => void }) {
  const speech = useSpeech();
  const { t } = speech;
  const cache = useQueryClient();
  const tasks = useTasks(uuid).data ?? [];
  const [adding, add] = useState(false);
  const complete = useMutation({
    mutationFn: (id: string) =>
      read<Task>(api.POST('/api/v1/chat/tasks/{task_id}/complete', { params: { path: { task_id: id } } })),
    onSettled: () => cache.invalidateQueries({ queryKey: tasksKey(uuid) }),
    onError: (error) => tellProblem(speech, error),
  });
  return (
    <Part
      title={t('tasks')}
      act={
        !adding && (
          <button type="button" className={styles.add} onClick={() => add(true)}>
            {t('task_add')}
          </button>
        )
      }
    >
      {adding && <TaskForm uuid={uuid} onDone={() => add(false)} />}
      {tasks.length > 0 && (
        <ul className={styles.tasks}>
          {tasks.map((task) => (
            <li key={task.id} data-overdue={task.overdue}>
              <label>
                <input
                  type="checkbox"
                  checked={complete.isPending && complete.variables === task.id}
                  onChange={() => complete.mutate(task.id)}
                />
                <span>
                  {task.text}
                  <small>
                    {speech.dateTime(new Date(task.due_at))}
                    {task.assignee && ` · ${task.assignee.name}`}
                  </small>
                </span>
              </label>
              {task.message_id && (
                <button type="button" className={styles.add} onClick={() => onJump(task.message_id!)}>
                  {t('see_item')}
                  <span className="sr-only"> {t('show_evidence')}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function tomorrowAtTen(): string {
  const at = new Date();
  at.setDate(at.getDate() + 1);
  at.setHours(10, 0, 0, 0);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function TaskForm({ uuid, onDone }: { uuid: string; onDone: () => void }) {
  const speech = useSpeech();
  const { t } = speech;
  const cache = useQueryClient();
  const [text, setText] = useState('');
  const [due, setDue] = useState(tomorrowAtTen);
  const save = useMutation({
    mutationFn: () =>
      read<Task>(
        api.POST('/api/v1/chat/conversations/{uuid}/tasks', {
          params: { path: { uuid } },
          body: { text, due_at: new Date(due).toISOString() },
        }),
      ),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: tasksKey(uuid) });
      onDone();
    },
    onError: (error) => tellProblem(speech, error),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TextInput
          autoFocus
          size="xs"
          label={t('task_text')}
          maxLength={1000}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
          required
        />
        <TextInput
          size="xs"
          type="datetime-local"
          label={t('task_due')}
          value={due}
          onChange={(e) => setDue(e.currentTarget.value)}
          required
        />
        <Group gap="xs" justify="flex-end">
          <Button size="compact-sm" variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
          <Button size="compact-sm" type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
