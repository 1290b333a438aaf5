export interface Config {
  auth?: {
    providers?: {
      guest?: {
        /**
         * Entity ref of the guest.
         * @visibility frontend
         */
        userEntityRef?: string;
        /**
         * Entity refs of the users as whom one may sign in on this machine, beside the guest. Default: none.
         * @deepVisibility frontend
         */
        users?: string[];
      };
    };
  };
}
