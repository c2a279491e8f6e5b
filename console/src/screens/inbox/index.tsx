import { Route, Switch } from 'wouter';
import { Inbox } from './inbox';

export default function InboxScreen() {
  return (
    <Switch>
      <Route path="/messages/:conversationId">
        {({ conversationId }) => <Inbox opened={decodeURIComponent(conversationId)} />}
      </Route>
      <Route>
        <Inbox opened={null} />
      </Route>
    </Switch>
  );
}
